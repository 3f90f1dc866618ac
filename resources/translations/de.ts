<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>ActiveBadge</name>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
</context>
<context>
    <name>AttributeBars</name>
    <message>
        <source>Measured attributes</source>
        <translation>Messwerte</translation>
    </message>
</context>
<context>
    <name>BugReporter</name>
    <message>
        <source>A bug in UniQA Desktop</source>
        <translation>Ein Fehler in UniQA Desktop</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Something went wrong that should not. Your photos are untouched.</source>
        <translation>Etwas ist schiefgegangen, was nicht vorkommen darf. Ihre Fotos sind unberührt.</translation>
    </message>
    <message>
        <source>You can go on. To get it mended, copy the details into a report.</source>
        <translation>Sie können weiterarbeiten. Damit der Fehler behoben wird, kopieren Sie die Einzelheiten in eine Meldung.</translation>
    </message>
</context>
<context>
    <name>BurstReasons</name>
    <message>
        <source>Can&apos;t tell: please look at these frames.</source>
        <translation>Nicht zu entscheiden: bitte sehen Sie sich diese Bilder an.</translation>
    </message>
    <message>
        <source>Keep the proposed one</source>
        <translation>Das vorgeschlagene behalten</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>Dieses behalten</translation>
    </message>
    <message>
        <source>Next burst</source>
        <translation>Nächste Serie</translation>
    </message>
    <message>
        <source>Nothing is proposed while you judge blind.</source>
        <translation>Solange Sie blind urteilen, wird nichts vorgeschlagen.</translation>
    </message>
    <message>
        <source>One work: its frames belong together, none is proposed.</source>
        <translation>Ein Werk: seine Bilder gehören zusammen, keines wird vorgeschlagen.</translation>
    </message>
    <message>
        <source>Proposed: #{n}</source>
        <translation>Vorschlag: #{n}</translation>
    </message>
    <message>
        <source>The files are equal: the first stands for all.</source>
        <translation>Die Dateien sind gleich: die erste steht für alle.</translation>
    </message>
    <message>
        <source>These frames have not been compared yet.</source>
        <translation>Diese Bilder wurden noch nicht verglichen.</translation>
    </message>
    <message>
        <source>What is proposed</source>
        <translation>Was vorgeschlagen wird</translation>
    </message>
    <message>
        <source>and reject the others</source>
        <translation>und die anderen ablehnen</translation>
    </message>
    <message>
        <source>leave this one as it is</source>
        <translation>diese lassen, wie sie ist</translation>
    </message>
    <message>
        <source>or those that are marked, and reject the others</source>
        <translation>oder die markierten, und die anderen ablehnen</translation>
    </message>
    <message>
        <source>{percent} % sure · ahead by {margin} noticeable differences</source>
        <translation>zu {percent} % sicher · um {margin} merkliche Unterschiede voraus</translation>
    </message>
</context>
<context>
    <name>BurstView</name>
    <message>
        <source>Burst view</source>
        <translation>Serienansicht</translation>
    </message>
    <message>
        <source>{group} of {total}</source>
        <translation>{group} mit {total} Bildern</translation>
    </message>
    <message>
        <source>{n} · proposed</source>
        <translation>{n} · vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>ClocksDialog</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Cameras&apos; clocks</source>
        <translation>Uhren der Kameras</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Correct the times</source>
        <translation>Zeiten berichtigen</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Berichtigung</translation>
    </message>
    <message>
        <source>If a camera&apos;s clock was off, its photos stand in the wrong order and are not grouped with others. The files are not changed; a shift of nothing takes a correction back.</source>
        <translation>Ging die Uhr einer Kamera falsch, stehen ihre Fotos an falscher Stelle und werden nicht mit anderen gruppiert. Die Dateien werden nicht geändert; eine Verschiebung um nichts nimmt eine Berichtigung zurück.</translation>
    </message>
    <message>
        <source>Its clock was fast: take away</source>
        <translation>Ihre Uhr ging vor: abziehen</translation>
    </message>
    <message>
        <source>Its clock was slow: add</source>
        <translation>Ihre Uhr ging nach: hinzuzählen</translation>
    </message>
    <message>
        <source>That is no date any more.</source>
        <translation>Das ist kein Datum mehr.</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>{photo}: {before} becomes {after}</source>
        <translation>{photo}: aus {before} wird {after}</translation>
    </message>
</context>
<context>
    <name>CollapsingRow</name>
    <message>
        <source>Filters that find no room here</source>
        <translation>Filter, für die hier kein Platz ist</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Weitere Filter</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>0 stars</source>
        <translation>0 Sterne</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
    <message>
        <source>175 %</source>
        <translation>175 %</translation>
    </message>
    <message>
        <source>2 stars</source>
        <translation>2 Sterne</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>3 stars</source>
        <translation>3 Sterne</translation>
    </message>
    <message>
        <source>4 stars</source>
        <translation>4 Sterne</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>5 Sterne</translation>
    </message>
    <message>
        <source>AF point</source>
        <translation>AF-Punkt</translation>
    </message>
    <message>
        <source>About UniQA Desktop</source>
        <translation>Über UniQA Desktop</translation>
    </message>
    <message>
        <source>Apply the order</source>
        <translation>Reihenfolge anwenden</translation>
    </message>
    <message>
        <source>As Lightroom (IMG.xmp)</source>
        <translation>Wie Lightroom (IMG.xmp)</translation>
    </message>
    <message>
        <source>As darktable and digiKam (IMG.CR2.xmp)</source>
        <translation>Wie darktable und digiKam (IMG.CR2.xmp)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Auto-advance</source>
        <translation>Automatisch weiter</translation>
    </message>
    <message>
        <source>Blind audit…</source>
        <translation>Blindprüfung…</translation>
    </message>
    <message>
        <source>Blind: hide all scores</source>
        <translation>Blind: alle Punkte verbergen</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Burst view</source>
        <translation>Serienansicht</translation>
    </message>
    <message>
        <source>Bursts</source>
        <translation>Serien</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Clipping</source>
        <translation>Tonwertbeschnitt</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Correct cameras&apos; clocks…</source>
        <translation>Uhren der Kameras berichtigen…</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit saved filters…</source>
        <translation>Gesicherte Filter bearbeiten …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files that failed</source>
        <translation>Nicht lesbare Dateien</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Focus peaking</source>
        <translation>Fokus-Peaking</translation>
    </message>
    <message>
        <source>Fold bursts and other groups</source>
        <translation>Serien und andere Gruppen zusammenfalten</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Group by day</source>
        <translation>Nach Tagen gruppieren</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informationen</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>Auswahl umkehren</translation>
    </message>
    <message>
        <source>Keep the best 2, reject the rest</source>
        <translation>Die besten 2 behalten, den Rest ablehnen</translation>
    </message>
    <message>
        <source>Keep the best 3, reject the rest</source>
        <translation>Die besten 3 behalten, den Rest ablehnen</translation>
    </message>
    <message>
        <source>Keep the proposed one, reject the rest</source>
        <translation>Das vorgeschlagene behalten, den Rest ablehnen</translation>
    </message>
    <message>
        <source>Keep these, reject the rest</source>
        <translation>Diese behalten, den Rest ablehnen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Learn now</source>
        <translation>Jetzt lernen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Make it the cover</source>
        <translation>Zum Deckblatt machen</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle …</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Ähnliche Fotos</translation>
    </message>
    <message>
        <source>Next burst</source>
        <translation>Nächste Serie</translation>
    </message>
    <message>
        <source>Next undecided</source>
        <translation>Nächstes offenes Foto</translation>
    </message>
    <message>
        <source>None, keep verdicts here</source>
        <translation>Keine, Bewertungen bleiben hier</translation>
    </message>
    <message>
        <source>One star less</source>
        <translation>Ein Stern weniger</translation>
    </message>
    <message>
        <source>One star more</source>
        <translation>Ein Stern mehr</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open or close this stack</source>
        <translation>Diesen Stapel öffnen oder schließen</translation>
    </message>
    <message>
        <source>Open the demo shoot</source>
        <translation>Beispielshooting öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Previous burst</source>
        <translation>Vorige Serie</translation>
    </message>
    <message>
        <source>Previous undecided</source>
        <translation>Voriges offenes Foto</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Lila</translation>
    </message>
    <message>
        <source>Put into one group</source>
        <translation>Zu einer Gruppe zusammenlegen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Rating game in pairs…</source>
        <translation>Bewertungsspiel mit Paaren…</translation>
    </message>
    <message>
        <source>Rating game…</source>
        <translation>Bewertungsspiel…</translation>
    </message>
    <message>
        <source>Read sidecars…</source>
        <translation>Sidecars einlesen …</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Rejected photos to the trash…</source>
        <translation>Abgelehnte Fotos in den Papierkorb …</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>Diesen Filter sichern …</translation>
    </message>
    <message>
        <source>Saved filter 1</source>
        <translation>Gesicherter Filter 1</translation>
    </message>
    <message>
        <source>Saved filter 2</source>
        <translation>Gesicherter Filter 2</translation>
    </message>
    <message>
        <source>Saved filter 3</source>
        <translation>Gesicherter Filter 3</translation>
    </message>
    <message>
        <source>Saved filter 4</source>
        <translation>Gesicherter Filter 4</translation>
    </message>
    <message>
        <source>Saved filter 5</source>
        <translation>Gesicherter Filter 5</translation>
    </message>
    <message>
        <source>Saved filter 6</source>
        <translation>Gesicherter Filter 6</translation>
    </message>
    <message>
        <source>Saved filter 7</source>
        <translation>Gesicherter Filter 7</translation>
    </message>
    <message>
        <source>Saved filter 8</source>
        <translation>Gesicherter Filter 8</translation>
    </message>
    <message>
        <source>Saved filter 9</source>
        <translation>Gesicherter Filter 9</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>Nach Namen suchen</translation>
    </message>
    <message>
        <source>Search by words…</source>
        <translation>Mit Worten suchen …</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Select the whole group</source>
        <translation>Die ganze Gruppe auswählen</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Sidecars</source>
        <translation>Sidecars</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Strictness of grouping…</source>
        <translation>Strenge der Gruppierung…</translation>
    </message>
    <message>
        <source>Sure keep, look at these, sure reject</source>
        <translation>Sicher behalten, ansehen, sicher ablehnen</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Take out of the group</source>
        <translation>Aus der Gruppe nehmen</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>Tastes…</source>
        <translation>Geschmäcker…</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>The best N…</source>
        <translation>Die N besten…</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Thirds</source>
        <translation>Drittelraster</translation>
    </message>
    <message>
        <source>Try failed files again</source>
        <translation>Fehlgeschlagene Dateien erneut versuchen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Unflag</source>
        <translation>Markierung entfernen</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Write sidecars now…</source>
        <translation>Sidecars jetzt schreiben …</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Your taste…</source>
        <translation>Ihr Geschmack…</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Challenger</source>
        <translation>Herausforderer</translation>
    </message>
    <message>
        <source>Champion</source>
        <translation>Champion</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
</context>
<context>
    <name>DayBars</name>
    <message>
        <source>Kept photos by day</source>
        <translation>Behaltene Fotos nach Tagen</translation>
    </message>
</context>
<context>
    <name>DayMenu</name>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
</context>
<context>
    <name>DayRangeDialog</name>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Photos of these days</source>
        <translation>Fotos dieser Tage</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>That photo is not among those that are shown.</source>
        <translation>Dieses Foto ist nicht unter den gezeigten.</translation>
    </message>
</context>
<context>
    <name>DoingRow</name>
    <message>
        <source>Asking what there is…</source>
        <translation>Es wird nachgefragt, was es gibt …</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut …</translation>
    </message>
    <message>
        <source>Installing {model}</source>
        <translation>{model} wird installiert</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} pro Sekunde</translation>
    </message>
</context>
<context>
    <name>FailuresModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>FailuresPane</name>
    <message>
        <source>Copies file names and reasons as text (Ctrl+C)</source>
        <translation>Kopiert Dateinamen und Gründe als Text (Strg+C)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Every file could be read. There is nothing to do here.</source>
        <translation>Alle Dateien waren lesbar. Hier ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Files that failed</source>
        <translation>Nicht lesbare Dateien</translation>
    </message>
    <message>
        <source>Files that failed, with reasons</source>
        <translation>Nicht lesbare Dateien, mit Gründen</translation>
    </message>
    <message>
        <source>Opens the file manager on the file</source>
        <translation>Öffnet den Dateimanager bei dieser Datei</translation>
    </message>
    <message>
        <source>Reads all of these files once more</source>
        <translation>Liest alle diese Dateien noch einmal</translation>
    </message>
    <message>
        <source>Reads the selected files once more</source>
        <translation>Liest die ausgewählten Dateien noch einmal</translation>
    </message>
    <message>
        <source>Retry all</source>
        <translation>Alle erneut versuchen</translation>
    </message>
    <message>
        <source>Retry selected</source>
        <translation>Auswahl erneut versuchen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All cameras</source>
        <translation>Alle Kameras</translation>
    </message>
    <message>
        <source>All lenses</source>
        <translation>Alle Objektive</translation>
    </message>
    <message>
        <source>Best, most or latest first</source>
        <translation>Beste, meiste oder neueste zuerst</translation>
    </message>
    <message>
        <source>Bursts and other groups are folded: show all their photos</source>
        <translation>Serien und andere Gruppen sind zusammengefaltet: alle ihre Fotos zeigen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Filters and order</source>
        <translation>Filter und Reihenfolge</translation>
    </message>
    <message>
        <source>First name, least or earliest first</source>
        <translation>Erster Name, wenigste oder älteste zuerst</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Zusammenfalten</translation>
    </message>
    <message>
        <source>Fold bursts and other groups: show one photo of each</source>
        <translation>Serien und andere Gruppen zusammenfalten: von jeder ein Foto zeigen</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Zusammengefaltet</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Show all photos again</source>
        <translation>Wieder alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl+mouse wheel)</source>
        <translation>Größe der Vorschaubilder (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message>
        <source>The order was kept while scores arrived. Bring it up to date</source>
        <translation>Die Reihenfolge blieb, während Punkte eintrafen. Auf den neuesten Stand bringen</translation>
    </message>
</context>
<context>
    <name>FrameStrip</name>
    <message>
        <source>Click: look at this frame. Ctrl+click: mark it, to keep several</source>
        <translation>Klick: dieses Bild ansehen. Strg+Klick: markieren, um mehrere zu behalten</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Deckblatt</translation>
    </message>
    <message>
        <source>Frames of the burst</source>
        <translation>Bilder der Serie</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>{n} · marked</source>
        <translation>{n} · markiert</translation>
    </message>
</context>
<context>
    <name>HistogramView</name>
    <message>
        <source>Dark tones on the left, light ones on the right. A lit corner means that shadows (left) or highlights (right) are clipped. Counted from the preview.</source>
        <translation>Dunkle Töne links, helle rechts. Leuchtet eine Ecke, sind die Schatten (links) oder die Lichter (rechts) beschnitten. Gezählt an der Vorschau.</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>Shadows clipped {shadows} %, highlights clipped {highlights} %</source>
        <translation>Schatten zu {shadows}&#xa0;% beschnitten, Lichter zu {highlights}&#xa0;% beschnitten</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>Aesthetics</source>
        <translation>Ästhetik</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Choose a photo to see what is known of it.</source>
        <translation>Wählen Sie ein Foto, um zu sehen, was darüber bekannt ist.</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Aufnahmeart</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Lichter</translation>
    </message>
    <message>
        <source>Information on the photo</source>
        <translation>Informationen zum Foto</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>The file is not there at the moment.</source>
        <translation>Die Datei ist im Moment nicht da.</translation>
    </message>
    <message>
        <source>no date in the file</source>
        <translation>kein Datum in der Datei</translation>
    </message>
    <message>
        <source>no score with this model</source>
        <translation>keine Punkte mit diesem Modell</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>nothing learned yet</source>
        <translation>noch nichts gelernt</translation>
    </message>
    <message>
        <source>{n} % clipped</source>
        <translation>{n}&#xa0;% beschnitten</translation>
    </message>
    <message>
        <source>{tones}, measured on the full picture.</source>
        <translation>{tones}, gemessen am vollen Bild.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Add this key</source>
        <translation>Diese Taste dazunehmen</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Tasten ändern</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Choose a command, go to the field and press the key it shall have.</source>
        <translation>Wählen Sie einen Befehl, gehen Sie ins Feld und drücken Sie die Taste, die er haben soll.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys as in</source>
        <translation>Tasten wie in</translation>
    </message>
    <message>
        <source>Keys of “{command}”</source>
        <translation>Tasten von „{command}“</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Press a key here</source>
        <translation>Hier eine Taste drücken</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>Search commands and keys</source>
        <translation>Befehle und Tasten durchsuchen</translation>
    </message>
    <message>
        <source>The command has {key} already.</source>
        <translation>Der Befehl hat {key} schon.</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Diese Taste nehmen</translation>
    </message>
    <message>
        <source>by you</source>
        <translation>von Ihnen</translation>
    </message>
    <message>
        <source>{key} belongs to “{command}”, from which it is taken if you use it.</source>
        <translation>{key} gehört zu „{command}“ und wird dort weggenommen, wenn Sie die Taste nehmen.</translation>
    </message>
    <message>
        <source>{key} is free.</source>
        <translation>{key} ist frei.</translation>
    </message>
    <message>
        <source>{key} moves through photos and dialogs everywhere: choose another.</source>
        <translation>{key} bewegt überall durch Fotos und Dialoge: Wählen Sie eine andere Taste.</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Caps Lock is auto-advance while it is on. Alt with a verdict key does the opposite once.</source>
        <translation>Solange die Feststelltaste an ist, geht es automatisch weiter. Alt mit einer Bewertungstaste tut einmal das Gegenteil.</translation>
    </message>
    <message>
        <source>Caps Lock is auto-advance while it is on. Alt with a verdict key, or {keys}, does the opposite once.</source>
        <translation>Solange die Feststelltaste an ist, geht es automatisch weiter. Alt mit einer Bewertungstaste oder {keys} tut einmal das Gegenteil.</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <source>Fit, {percent}</source>
        <translation>Eingepasst, {percent}</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>No photo to show. Press {key} for the grid.</source>
        <translation>Kein Foto zu zeigen. {key} führt zum Raster.</translation>
    </message>
    <message>
        <source>Reading the photo…</source>
        <translation>Das Foto wird gelesen …</translation>
    </message>
    <message>
        <source>This photo cannot be read. {reason}
Copy it again from the card or a backup, then try it again in the list of failed files.</source>
        <translation>Dieses Foto lässt sich nicht lesen. {reason}
Kopieren Sie es noch einmal von der Karte oder aus einer Sicherung und versuchen Sie es dann in der Liste der nicht lesbaren Dateien erneut.</translation>
    </message>
    <message>
        <source>{file} is not there at the moment.
Connect its drive or scan the folder again; its scores and your verdicts are kept.</source>
        <translation>{file} ist im Moment nicht da.
Schließen Sie das Laufwerk an oder durchsuchen Sie den Ordner erneut; Punkte und Bewertungen bleiben erhalten.</translation>
    </message>
    <message>
        <source>{zoom} of the preview, {width} × {height}</source>
        <translation>{zoom} der Vorschau, {width} × {height}</translation>
    </message>
    <message>
        <source>{zoom} · preview</source>
        <translation>{zoom} · Vorschau</translation>
    </message>
</context>
<context>
    <name>LoupeCaption</name>
    <message>
        <source>Aesthetics</source>
        <translation>Ästhetik</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>{n} von {total}</translation>
    </message>
    <message>
        <source>↑ and ↓ step through the group</source>
        <translation>↑ und ↓ gehen durch die Gruppe</translation>
    </message>
</context>
<context>
    <name>LoupeLoader</name>
    <message>
        <source>The program failed on it (see the log).</source>
        <translation>Das Programm ist daran gescheitert (siehe Protokoll).</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>About the model</source>
        <translation>Über das Modell</translation>
    </message>
    <message>
        <source>CLIP weights that you have: trained or changed by yourself, or by somebody.</source>
        <translation>CLIP-Gewichte, die Sie schon haben: selbst trainiert oder verändert, oder von jemand anderem.</translation>
    </message>
    <message>
        <source>Choose Install from file, or drop the file here: a .pt or .safetensors file of CLIP, of any size.</source>
        <translation>Wählen Sie „Aus Datei installieren“ oder ziehen Sie die Datei hierher: eine .pt- oder .safetensors-Datei von CLIP, gleich welcher Größe.</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Geben Sie ihm einen Namen.</translation>
    </message>
    <message>
        <source>Gives {what}</source>
        <translation>Liefert {what}</translation>
    </message>
    <message>
        <source>I have read the licence and accept it</source>
        <translation>Ich habe die Lizenz gelesen und nehme sie an</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>To get it</source>
        <translation>So bekommen Sie es</translation>
    </message>
    <message>
        <source>You accepted it on {day}.</source>
        <translation>Sie haben sie am {day} angenommen.</translation>
    </message>
    <message>
        <source>a short name for it, such as my-clip</source>
        <translation>ein kurzer Name, etwa mein-clip</translation>
    </message>
    <message>
        <source>sha256</source>
        <translation>sha256</translation>
    </message>
    <message>
        <source>with {file}</source>
        <translation>mit {file}</translation>
    </message>
</context>
<context>
    <name>ModelWork</name>
    <message>
        <source>Stopped. Nothing was installed.</source>
        <translation>Angehalten. Es wurde nichts installiert.</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept, and Get goes on from there.</source>
        <translation>Angehalten. Was schon da ist, bleibt; „Holen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>The program met a bug; nothing was installed.</source>
        <translation>Im Programm trat ein Fehler auf; es wurde nichts installiert.</translation>
    </message>
    <message>
        <source>Unknown size</source>
        <translation>Größe unbekannt</translation>
    </message>
    <message>
        <source>checked by its sha256 when it is here</source>
        <translation>wird am Ende an seinem sha256 geprüft</translation>
    </message>
    <message>
        <source>the source publishes no hash to check it by</source>
        <translation>die Quelle veröffentlicht keine Prüfsumme dazu</translation>
    </message>
    <message>
        <source>{id} is removed. Its scores stay in the library.</source>
        <translation>{id} ist entfernt. Seine Punkte bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>{title} is installed.</source>
        <translation>{title} ist installiert.</translation>
    </message>
    <message>
        <source>{title} scores from now on.</source>
        <translation>Ab jetzt wertet {title} aus.</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>A program in the file</source>
        <translation>Ein Programm in der Datei</translation>
    </message>
    <message>
        <source>A weights file on this computer; it can be dropped here, too</source>
        <translation>Eine Gewichtsdatei auf diesem Rechner; sie lässt sich auch hierher ziehen</translation>
    </message>
    <message>
        <source>Accept the licence first</source>
        <translation>Nehmen Sie zuerst die Lizenz an</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Asks the model hub for its size first</source>
        <translation>Fragt den Modell-Server zuerst nach der Größe</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Deletes its files; its scores stay</source>
        <translation>Löscht seine Dateien; seine Punkte bleiben</translation>
    </message>
    <message>
        <source>Download {size}</source>
        <translation>{size} herunterladen</translation>
    </message>
    <message>
        <source>Fetches it from {host}</source>
        <translation>Holt es von {host}</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Give {file} a name, then drop it again.</source>
        <translation>Geben Sie {file} einen Namen und ziehen Sie die Datei dann noch einmal hierher.</translation>
    </message>
    <message>
        <source>Install a weights file</source>
        <translation>Gewichtsdatei installieren</translation>
    </message>
    <message>
        <source>Install from file…</source>
        <translation>Aus Datei installieren …</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Lieber nicht</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Photos are scored with it from now on</source>
        <translation>Fotos werden ab jetzt damit ausgewertet</translation>
    </message>
    <message>
        <source>Read the licence of {title} and accept it, then drop {file} again.</source>
        <translation>Lesen Sie die Lizenz von {title} und nehmen Sie sie an; ziehen Sie {file} dann noch einmal hierher.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove {title} from this computer? Its scores stay in the library; the file has to be installed again to score with it.</source>
        <translation>{title} von diesem Rechner entfernen? Seine Punkte bleiben in der Bibliothek; um damit auszuwerten, muss die Datei neu installiert werden.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>{file} is a TorchScript archive: it carries a program besides the weights, and opening it could run that program. OpenAI publishes its own models in this form.

Open it only if you trust where it comes from.</source>
        <translation>{file} ist ein TorchScript-Archiv: Es enthält außer den Gewichten ein Programm, und beim Öffnen könnte dieses Programm laufen. OpenAI veröffentlicht seine Modelle in dieser Form.

Öffnen Sie es nur, wenn Sie der Herkunft vertrauen.</translation>
    </message>
    <message>
        <source>{title} takes no file. Choose the model that {file} is for.</source>
        <translation>{title} nimmt keine Datei. Wählen Sie das Modell, für das {file} gedacht ist.</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Photos whose file name contains this</source>
        <translation>Fotos, deren Dateiname dies enthält</translation>
    </message>
    <message>
        <source>Search for nothing (Esc)</source>
        <translation>Nichts suchen (Esc)</translation>
    </message>
    <message>
        <source>Search in file names</source>
        <translation>In Dateinamen suchen</translation>
    </message>
    <message>
        <source>Search in names</source>
        <translation>Suchen …</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Aesthetics</source>
        <translation>Ästhetik</translation>
    </message>
    <message>
        <source>Fit, {percent}</source>
        <translation>Eingepasst, {percent}</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>{zoom} · preview</source>
        <translation>{zoom} · Vorschau</translation>
    </message>
</context>
<context>
    <name>PaneBoard</name>
    <message>
        <source>Reading the photo…</source>
        <translation>Das Foto wird gelesen …</translation>
    </message>
    <message>
        <source>This photo cannot be read. {reason}</source>
        <translation>Dieses Foto lässt sich nicht lesen. {reason}</translation>
    </message>
    <message>
        <source>{file} is not there at the moment.</source>
        <translation>{file} ist im Moment nicht da.</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>RangeSlider</name>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>{name}: from {low} to {high}</source>
        <translation>{name}: von {low} bis {high}</translation>
    </message>
    <message>
        <source>{name}: from – to
Arrow keys move the lower bound, Shift+arrow keys the upper.
Double click: any</source>
        <translation>{name}: von – bis
Die Pfeiltasten bewegen die untere Grenze, Umschalt+Pfeiltasten die obere.
Doppelklick: beliebig</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>SavedFiltersDialog</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>None yet. Set a filter in the window and choose Filter, Save this filter.</source>
        <translation>Noch keine. Stellen Sie im Fenster einen Filter ein und wählen Sie „Filter“, „Diesen Filter sichern“.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gesicherte Filter</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Anwenden</translation>
    </message>
</context>
<context>
    <name>ScoreRanges</name>
    <message>
        <source>Filter by aesthetics, sharpness, brightness and more</source>
        <translation>Nach Ästhetik, Schärfe, Helligkeit und mehr filtern</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Scores: {n}</source>
        <translation>Punkte: {n}</translation>
    </message>
</context>
<context>
    <name>StarsFilter</name>
    <message>
        <source>Any ★</source>
        <translation>Alle ★</translation>
    </message>
    <message>
        <source>Filter by stars</source>
        <translation>Nach Sternen filtern</translation>
    </message>
    <message>
        <source>Stars: comparison</source>
        <translation>Sterne: Vergleich</translation>
    </message>
    <message>
        <source>Stars: number</source>
        <translation>Sterne: Anzahl</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Drawing the demo shoot</source>
        <translation>Das Beispielshooting wird gezeichnet</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
    <message>
        <source>Installing the model</source>
        <translation>Das Modell wird installiert</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Fotos werden gesucht</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Comparing neighbours</source>
        <translation>Nachbarn vergleichen</translation>
    </message>
    <message>
        <source>Comparing the frames of bursts</source>
        <translation>Bilder der Serien vergleichen</translation>
    </message>
    <message>
        <source>Grouping photos</source>
        <translation>Fotos gruppieren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Reading sidecars</source>
        <translation>Sidecars werden gelesen</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Stop after the photos in hand</source>
        <translation>Nach den begonnenen Fotos anhalten</translation>
    </message>
    <message>
        <source>Stopping after the photos in hand…</source>
        <translation>Wird nach den begonnenen Fotos angehalten …</translation>
    </message>
    <message>
        <source>Writing the list</source>
        <translation>Die Liste wird geschrieben</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{job}, paused</source>
        <translation>{job}, Pause</translation>
    </message>
</context>
<context>
    <name>StrictnessDialog</name>
    <message>
        <source>0: much together</source>
        <translation>0: viel zusammen</translation>
    </message>
    <message>
        <source>100: little together</source>
        <translation>100: wenig zusammen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Gathering what is known of the photos…</source>
        <translation>Sammelt, was von den Fotos bekannt ist…</translation>
    </message>
    <message>
        <source>Group by this</source>
        <translation>So gruppieren</translation>
    </message>
    <message>
        <source>How strong evidence must be to put photos into one group. What you have put together or taken apart yourself stays as it is.</source>
        <translation>Wie viel dafür sprechen muss, dass Fotos in eine Gruppe kommen. Was Sie selbst zusammengelegt oder getrennt haben, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>No groups.</source>
        <translation>Keine Gruppen.</translation>
    </message>
    <message>
        <source>Strictness</source>
        <translation>Strenge</translation>
    </message>
    <message>
        <source>Strictness of grouping</source>
        <translation>Strenge der Gruppierung</translation>
    </message>
    <message>
        <source>{groups}. {photos} in groups.</source>
        <translation>{groups}. {photos} in Gruppen.</translation>
    </message>
</context>
<context>
    <name>Survey</name>
    <message>
        <source>Survey</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>The others are compared with this one.</source>
        <translation>Mit diesem Foto werden die anderen verglichen.</translation>
    </message>
</context>
<context>
    <name>ThresholdSlider</name>
    <message>
        <source>Keep from {n}</source>
        <translation>Behalten ab {n}</translation>
    </message>
    <message>
        <source>Reject below {n}</source>
        <translation>Ablehnen unter {n}</translation>
    </message>
    <message>
        <source>Thresholds: sure reject below {low}, sure keep from {high}</source>
        <translation>Schwellen: sicher ablehnen unter {low}, sicher behalten ab {high}</translation>
    </message>
    <message>
        <source>Two handles part the photos by their score.
Arrow keys move the lower one, Shift+arrow keys the upper.
Double click: look at nearly all</source>
        <translation>Zwei Griffe teilen die Fotos nach ihren Punkten ein.
Pfeiltasten bewegen den unteren, Umschalt+Pfeiltasten den oberen.
Doppelklick: fast alle ansehen</translation>
    </message>
</context>
<context>
    <name>TriageBar</name>
    <message>
        <source>Back to all photos; Esc does it, too</source>
        <translation>Zurück zu allen Fotos; auch mit Esc</translation>
    </message>
    <message>
        <source>Parted by</source>
        <translation>Eingeteilt nach</translation>
    </message>
    <message>
        <source>Photos in three piles</source>
        <translation>Fotos in drei Stapeln</translation>
    </message>
    <message>
        <source>Piles</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>The score that parts the photos</source>
        <translation>Die Punkte, nach denen die Fotos eingeteilt werden</translation>
    </message>
</context>
<context>
    <name>VerdictFilters</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All colours</source>
        <translation>Alle Farben</translation>
    </message>
    <message>
        <source>All conditions on flag, stars and colour have to hold.</source>
        <translation>Alle Bedingungen zu Markierung, Sternen und Farbe müssen erfüllt sein.</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Eine</translation>
    </message>
    <message>
        <source>Any of the conditions on flag, stars and colour is enough.</source>
        <translation>Eine der Bedingungen zu Markierung, Sternen und Farbe genügt.</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Show maybes</source>
        <translation>Vielleicht-Fotos zeigen</translation>
    </message>
    <message>
        <source>Show picks</source>
        <translation>Behaltene zeigen</translation>
    </message>
    <message>
        <source>Show rejects</source>
        <translation>Abgelehnte zeigen</translation>
    </message>
    <message>
        <source>Show undecided photos</source>
        <translation>Offene Fotos zeigen</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>66 drawn pictures with every feature</source>
        <translation>66 gezeichnete Bilder, die alles vorführen</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>Einen Ordner mit Fotos wählen</translation>
    </message>
    <message>
        <source>Come home with 2,000 photos, keep the best 100, today.</source>
        <translation>Kommen Sie mit 2.000 Fotos nach Hause und behalten Sie die besten 100. Heute noch.</translation>
    </message>
    <message>
        <source>Get better scores: install UniQA</source>
        <translation>Bessere Punkte: UniQA installieren</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open {folder}</source>
        <translation>{folder} öffnen</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Scored on this computer. Nothing is uploaded, nothing is deleted unasked.</source>
        <translation>Ausgewertet auf diesem Rechner. Nichts wird hochgeladen, nichts ungefragt gelöscht.</translation>
    </message>
    <message>
        <source>Scores learned from people, instead of measured</source>
        <translation>Punkte, von Menschen gelernt statt gemessen</translation>
    </message>
    <message>
        <source>Try the demo shoot</source>
        <translation>Beispielshooting ausprobieren</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>or drop a folder anywhere in this window</source>
        <translation>oder ziehen Sie einen Ordner irgendwo in dieses Fenster</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>No photos in this folder. Open another one.</source>
        <translation>Keine Fotos in diesem Ordner. Öffnen Sie einen anderen.</translation>
    </message>
    <message>
        <source>{folder} is not there: is its drive connected?</source>
        <translation>{folder} ist nicht da: Ist das Laufwerk angeschlossen?</translation>
    </message>
</context>
<context>
    <name>_Panel</name>
    <message>
        <source>Scores and measures</source>
        <translation>Punkte und Messwerte</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Rebuild the library</source>
        <translation>Bibliothek neu aufbauen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>attributes</name>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Colorfulness</source>
        <translation>Farbigkeit</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Noisiness</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>a little grain when looked at closely</source>
        <translation>bei genauem Hinsehen etwas Korn</translation>
    </message>
    <message>
        <source>balanced contrast</source>
        <translation>ausgewogener Kontrast</translation>
    </message>
    <message>
        <source>black and white, or nearly</source>
        <translation>schwarzweiß oder fast</translation>
    </message>
    <message>
        <source>bright</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>sauber</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>evenly exposed</source>
        <translation>gleichmäßig belichtet</translation>
    </message>
    <message>
        <source>flat: haze, fog or little light</source>
        <translation>flau: Dunst, Nebel oder wenig Licht</translation>
    </message>
    <message>
        <source>hard: little between black and white</source>
        <translation>hart: wenig zwischen Schwarz und Weiß</translation>
    </message>
    <message>
        <source>muted colours</source>
        <translation>gedämpfte Farben</translation>
    </message>
    <message>
        <source>natural colours</source>
        <translation>natürliche Farben</translation>
    </message>
    <message>
        <source>rather soft, also at its sharpest place</source>
        <translation>eher weich, auch an der schärfsten Stelle</translation>
    </message>
    <message>
        <source>rich colours</source>
        <translation>satte Farben</translation>
    </message>
    <message>
        <source>sharp enough for a small print</source>
        <translation>scharf genug für einen kleinen Abzug</translation>
    </message>
    <message>
        <source>sharp where it matters</source>
        <translation>scharf an der richtigen Stelle</translation>
    </message>
    <message>
        <source>soft contrast</source>
        <translation>weicher Kontrast</translation>
    </message>
    <message>
        <source>soft everywhere: missed focus or shake</source>
        <translation>überall weich: Fokus verfehlt oder verwackelt</translation>
    </message>
    <message>
        <source>strong contrast</source>
        <translation>kräftiger Kontrast</translation>
    </message>
    <message>
        <source>strong noise: fine detail is lost in it</source>
        <translation>starkes Rauschen: Feine Details gehen darin unter</translation>
    </message>
    <message>
        <source>very bright: high key or overexposed</source>
        <translation>sehr hell: High Key oder überbelichtet</translation>
    </message>
    <message>
        <source>very dark: night, low key or underexposed</source>
        <translation>sehr dunkel: Nacht, Low Key oder unterbelichtet</translation>
    </message>
    <message>
        <source>very sharp, fine detail throughout the focus</source>
        <translation>sehr scharf, feine Details im ganzen Fokusbereich</translation>
    </message>
    <message>
        <source>very strong colours</source>
        <translation>sehr kräftige Farben</translation>
    </message>
    <message>
        <source>visible noise</source>
        <translation>sichtbares Rauschen</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source> (there already)</source>
        <translation> (schon da)</translation>
    </message>
    <message>
        <source> (undone)</source>
        <translation> (rückgängig gemacht)</translation>
    </message>
    <message numerus="yes">
        <source>%n AF points</source>
        <translation>
            <numerusform>%n AF-Punkt</numerusform>
            <numerusform>%n AF-Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n accepted suggestions do not count.</source>
        <translation>
            <numerusform>%n angenommener Vorschlag zählt nicht.</numerusform>
            <numerusform>%n angenommene Vorschläge zählen nicht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n brackets</source>
        <translation>
            <numerusform>%n Belichtungsreihe</numerusform>
            <numerusform>%n Belichtungsreihen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bursts</source>
        <translation>
            <numerusform>%n Serie</numerusform>
            <numerusform>%n Serien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n choices</source>
        <translation>
            <numerusform>%n Wahl</numerusform>
            <numerusform>%n Wahlen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n nicht lesbar</numerusform>
            <numerusform>%n nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are there already</source>
        <translation>
            <numerusform>%n Datei ist schon da</numerusform>
            <numerusform>%n Dateien sind schon da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be read</source>
        <translation>
            <numerusform>%n Datei war nicht lesbar</numerusform>
            <numerusform>%n Dateien waren nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n focus stacks</source>
        <translation>
            <numerusform>%n Fokusreihe</numerusform>
            <numerusform>%n Fokusreihen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups of exact duplicates</source>
        <translation>
            <numerusform>%n Gruppe gleicher Dateien</numerusform>
            <numerusform>%n Gruppen gleicher Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups of near-duplicates</source>
        <translation>
            <numerusform>%n Gruppe von Beinahe-Duplikaten</numerusform>
            <numerusform>%n Gruppen von Beinahe-Duplikaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n ausgeblendet</numerusform>
            <numerusform>%n ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more ratings</source>
        <translation>
            <numerusform>%n weiteren Bewertung</numerusform>
            <numerusform>%n weiteren Bewertungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved: apply</source>
        <translation>
            <numerusform>%n verschoben: anwenden</numerusform>
            <numerusform>%n verschoben: anwenden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n panoramas</source>
        <translation>
            <numerusform>%n Panorama</numerusform>
            <numerusform>%n Panoramen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are held back.</source>
        <translation>
            <numerusform>%n Foto wird zurückgehalten.</numerusform>
            <numerusform>%n Fotos werden zurückgehalten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are in the trash</source>
        <translation>
            <numerusform>%n Foto ist im Papierkorb</numerusform>
            <numerusform>%n Fotos sind im Papierkorb</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are one group now.</source>
        <translation>
            <numerusform>%n Foto ist jetzt eine Gruppe.</numerusform>
            <numerusform>%n Fotos sind jetzt eine Gruppe.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are picks now.</source>
        <translation>
            <numerusform>%n Foto ist jetzt mit „Behalten“ markiert.</numerusform>
            <numerusform>%n Fotos sind jetzt mit „Behalten“ markiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos have no features yet</source>
        <translation>
            <numerusform>%n Foto hat noch keine Merkmale</numerusform>
            <numerusform>%n Fotos haben noch keine Merkmale</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos of this folder have no score by it yet.</source>
        <translation>
            <numerusform>%n Foto dieses Ordners hat davon noch keine Punkte.</numerusform>
            <numerusform>%n Fotos dieses Ordners haben davon noch keine Punkte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos stay.</source>
        <translation>
            <numerusform>%n Foto bleibt.</numerusform>
            <numerusform>%n Fotos bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos were copied</source>
        <translation>
            <numerusform>%n Foto wurde kopiert</numerusform>
            <numerusform>%n Fotos wurden kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos were left out</source>
        <translation>
            <numerusform>%n Foto wurde ausgelassen</numerusform>
            <numerusform>%n Fotos wurden ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos were moved</source>
        <translation>
            <numerusform>%n Foto wurde verschoben</numerusform>
            <numerusform>%n Fotos wurden verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos were taken out: a group of their own.</source>
        <translation>
            <numerusform>%n Foto wurde herausgenommen.</numerusform>
            <numerusform>%n Fotos wurden herausgenommen: eine eigene Gruppe.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos without a score</source>
        <translation>
            <numerusform>%n Foto ohne Punkte</numerusform>
            <numerusform>%n Fotos ohne Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rated photos</source>
        <translation>
            <numerusform>%n bewerteten Foto</numerusform>
            <numerusform>%n bewerteten Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rated photos have no features of this model: score them first.</source>
        <translation>
            <numerusform>%n bewertetes Foto hat keine Merkmale dieses Modells: Werten Sie es erst aus.</numerusform>
            <numerusform>%n bewertete Fotos haben keine Merkmale dieses Modells: Werten Sie sie erst aus.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ratings</source>
        <translation>
            <numerusform>%n Bewertung</numerusform>
            <numerusform>%n Bewertungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected photos are left out: more at once would be too small.</source>
        <translation>
            <numerusform>%n ausgewähltes Foto bleibt weg: Mehr auf einmal wäre zu klein.</numerusform>
            <numerusform>%n ausgewählte Fotos bleiben weg: Mehr auf einmal wäre zu klein.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecars cannot be read: {why}</source>
        <translation>
            <numerusform>%n Sidecar ist nicht lesbar: {why}</numerusform>
            <numerusform>%n Sidecars sind nicht lesbar: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecars to write</source>
        <translation>
            <numerusform>%n Sidecar zu schreiben</numerusform>
            <numerusform>%n Sidecars zu schreiben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecars were changed by another program</source>
        <translation>
            <numerusform>%n Sidecar wurde von einem anderen Programm geändert</numerusform>
            <numerusform>%n Sidecars wurden von einem anderen Programm geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecars were changed by another program as well.</source>
        <translation>
            <numerusform>%n Sidecar wurde auch von einem anderen Programm geändert.</numerusform>
            <numerusform>%n Sidecars wurden auch von einem anderen Programm geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecars were changed by another program.</source>
        <translation>
            <numerusform>%n Sidecar wurde von einem anderen Programm geändert.</numerusform>
            <numerusform>%n Sidecars wurden von einem anderen Programm geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecars were not written: {why}</source>
        <translation>
            <numerusform>%n Sidecar wurde nicht geschrieben: {why}</numerusform>
            <numerusform>%n Sidecars wurden nicht geschrieben: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved</source>
        <translation>
            <numerusform>%n ungesichert</numerusform>
            <numerusform>%n ungesichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n verdicts were taken from sidecars.</source>
        <translation>
            <numerusform>%n Bewertung wurde aus Sidecars übernommen.</numerusform>
            <numerusform>%n Bewertungen wurden aus Sidecars übernommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were not exported</source>
        <translation>
            <numerusform>%n wurde nicht exportiert</numerusform>
            <numerusform>%n wurden nicht exportiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n war schon da</numerusform>
            <numerusform>%n waren schon da</numerusform>
        </translation>
    </message>
    <message>
        <source>(gone)</source>
        <translation>(weg)</translation>
    </message>
    <message>
        <source>1 accepted suggestion does not count.</source>
        <translation>Ein angenommener Vorschlag zählt nicht.</translation>
    </message>
    <message>
        <source>1 bracket</source>
        <translation>1 Belichtungsreihe</translation>
    </message>
    <message>
        <source>1 burst</source>
        <translation>1 Serie</translation>
    </message>
    <message>
        <source>1 choice</source>
        <translation>1 Wahl</translation>
    </message>
    <message>
        <source>1 failed</source>
        <translation>1 nicht lesbar</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>1 file could not be read</source>
        <translation>1 Datei war nicht lesbar</translation>
    </message>
    <message>
        <source>1 file is there already</source>
        <translation>1 Datei ist schon da</translation>
    </message>
    <message>
        <source>1 focus stack</source>
        <translation>1 Fokusreihe</translation>
    </message>
    <message numerus="yes">
        <source>%n frames of bursts that can&apos;t be decided</source>
        <translation>
            <numerusform>%n Aufnahme einer unentscheidbaren Serie</numerusform>
            <numerusform>%n Aufnahmen unentscheidbarer Serien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keepers</source>
        <translation>
            <numerusform>%n behaltenes</numerusform>
            <numerusform>%n behaltene</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos have another time now.</source>
        <translation>
            <numerusform>%n Foto hat jetzt eine andere Zeit.</numerusform>
            <numerusform>%n Fotos haben jetzt eine andere Zeit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos have no {by} score and could not take part.</source>
        <translation>
            <numerusform>%n Foto hat keine Punkte ({by}) und konnte nicht teilnehmen.</numerusform>
            <numerusform>%n Fotos haben keine Punkte ({by}) und konnten nicht teilnehmen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rated</source>
        <translation>
            <numerusform>%n bewertet</numerusform>
            <numerusform>%n bewertet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejects</source>
        <translation>
            <numerusform>%n abgelehntes</numerusform>
            <numerusform>%n abgelehnte</numerusform>
        </translation>
    </message>
    <message>
        <source>1 frame of a burst that can&apos;t be decided</source>
        <translation>1 Aufnahme einer unentscheidbaren Serie</translation>
    </message>
    <message>
        <source>1 group of exact duplicates</source>
        <translation>1 Gruppe gleicher Dateien</translation>
    </message>
    <message>
        <source>1 group of near-duplicates</source>
        <translation>1 Gruppe von Beinahe-Duplikaten</translation>
    </message>
    <message>
        <source>1 hidden</source>
        <translation>1 ausgeblendet</translation>
    </message>
    <message>
        <source>1 keeper</source>
        <translation>1 behaltenes</translation>
    </message>
    <message>
        <source>1 more rating</source>
        <translation>1 weiteren Bewertung</translation>
    </message>
    <message>
        <source>1 moved: apply</source>
        <translation>1 verschoben: anwenden</translation>
    </message>
    <message>
        <source>1 panorama</source>
        <translation>1 Panorama</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>1 photo has another time now.</source>
        <translation>1 Foto hat jetzt eine andere Zeit.</translation>
    </message>
    <message>
        <source>1 photo has no features yet</source>
        <translation>1 Foto hat noch keine Merkmale</translation>
    </message>
    <message>
        <source>1 photo has no {by} score and could not take part.</source>
        <translation>1 Foto hat keine Punkte ({by}) und konnte nicht teilnehmen.</translation>
    </message>
    <message>
        <source>1 photo is a pick now.</source>
        <translation>1 Foto ist jetzt mit „Behalten“ markiert.</translation>
    </message>
    <message>
        <source>1 photo is held back.</source>
        <translation>1 Foto wird zurückgehalten.</translation>
    </message>
    <message>
        <source>1 photo is in the trash</source>
        <translation>1 Foto ist im Papierkorb</translation>
    </message>
    <message>
        <source>1 photo is one group now.</source>
        <translation>1 Foto ist jetzt eine Gruppe.</translation>
    </message>
    <message>
        <source>1 photo of this folder has no score by it yet.</source>
        <translation>1 Foto dieses Ordners hat davon noch keine Punkte.</translation>
    </message>
    <message>
        <source>1 photo stays.</source>
        <translation>1 Foto bleibt.</translation>
    </message>
    <message>
        <source>1 photo was copied</source>
        <translation>1 Foto wurde kopiert</translation>
    </message>
    <message>
        <source>1 photo was left out</source>
        <translation>1 Foto wurde ausgelassen</translation>
    </message>
    <message>
        <source>1 photo was moved</source>
        <translation>1 Foto wurde verschoben</translation>
    </message>
    <message>
        <source>1 photo was taken out of its group.</source>
        <translation>1 Foto wurde aus seiner Gruppe genommen.</translation>
    </message>
    <message>
        <source>1 photo without a score</source>
        <translation>1 Foto ohne Punkte</translation>
    </message>
    <message>
        <source>1 rated</source>
        <translation>1 bewertet</translation>
    </message>
    <message>
        <source>1 rated photo</source>
        <translation>einem bewerteten Foto</translation>
    </message>
    <message>
        <source>1 rated photo has no features of this model: score it first.</source>
        <translation>Ein bewertetes Foto hat keine Merkmale dieses Modells: Werten Sie es erst aus.</translation>
    </message>
    <message>
        <source>1 rating</source>
        <translation>1 Bewertung</translation>
    </message>
    <message>
        <source>1 reject</source>
        <translation>1 abgelehntes</translation>
    </message>
    <message>
        <source>1 selected photo is left out: more at once would be too small.</source>
        <translation>1 ausgewähltes Foto bleibt weg: Mehr auf einmal wäre zu klein.</translation>
    </message>
    <message>
        <source>1 sidecar cannot be read: {why}</source>
        <translation>1 Sidecar ist nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>1 sidecar to write</source>
        <translation>1 Sidecar zu schreiben</translation>
    </message>
    <message>
        <source>1 sidecar was changed by another program</source>
        <translation>1 Sidecar wurde von einem anderen Programm geändert</translation>
    </message>
    <message>
        <source>1 sidecar was changed by another program as well.</source>
        <translation>1 Sidecar wurde auch von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>1 sidecar was changed by another program.</source>
        <translation>1 Sidecar wurde von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>1 sidecar was not written: {why}</source>
        <translation>1 Sidecar wurde nicht geschrieben: {why}</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>1 unsaved</source>
        <translation>1 ungesichert</translation>
    </message>
    <message>
        <source>1 verdict was taken from its sidecar.</source>
        <translation>1 Bewertung wurde aus ihrem Sidecar übernommen.</translation>
    </message>
    <message>
        <source>1 was not exported</source>
        <translation>1 wurde nicht exportiert</translation>
    </message>
    <message>
        <source>1 was there already</source>
        <translation>1 war schon da</translation>
    </message>
    <message numerus="yes">
        <source>; %n stayed.</source>
        <translation>
            <numerusform>; %n blieb.</numerusform>
            <numerusform>; %n blieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>; 1 stayed.</source>
        <translation>; 1 blieb.</translation>
    </message>
    <message>
        <source>&lt;b&gt;UniQA Desktop {version}&lt;/b&gt;&lt;p&gt;Culls photos by technical quality, aesthetics and your own taste. Nothing leaves this machine and no original is ever written.&lt;p&gt;Model in use: {model}&lt;br&gt;Library: {library}&lt;br&gt;Log: {log}&lt;p&gt;MIT licence.</source>
        <translation>&lt;b&gt;UniQA Desktop {version}&lt;/b&gt;&lt;p&gt;Sichtet Fotos nach technischer Qualität, Ästhetik und Ihrem eigenen Geschmack. Nichts verlässt diesen Rechner, und kein Original wird je beschrieben.&lt;p&gt;Verwendetes Modell: {model}&lt;br&gt;Bibliothek: {library}&lt;br&gt;Protokoll: {log}&lt;p&gt;MIT-Lizenz.</translation>
    </message>
    <message>
        <source>A bracket, focus stack or panorama is one work: it is kept whole or not at all.</source>
        <translation>Eine Belichtungsreihe, eine Fokusreihe oder ein Panorama ist ein Werk: es wird ganz behalten oder gar nicht.</translation>
    </message>
    <message>
        <source>A contact sheet with a report (HTML)</source>
        <translation>Ein Kontaktabzug mit Bericht (HTML)</translation>
    </message>
    <message>
        <source>A file of your own…</source>
        <translation>Eine eigene Datei …</translation>
    </message>
    <message>
        <source>A table for programs (JSON)</source>
        <translation>Eine Tabelle für Programme (JSON)</translation>
    </message>
    <message>
        <source>A table for spreadsheets (CSV)</source>
        <translation>Eine Tabelle für Tabellenkalkulationen (CSV)</translation>
    </message>
    <message>
        <source>A verdict on a closed stack is its cover&apos;s only. Bursts, Select the whole group takes all its photos.</source>
        <translation>Ein Urteil über einen geschlossenen Stapel gilt nur seinem Deckblatt. Serien, Die ganze Gruppe auswählen nimmt alle seine Fotos.</translation>
    </message>
    <message>
        <source>AF point</source>
        <translation>AF-Punkt</translation>
    </message>
    <message>
        <source>ATTIQA-style cues</source>
        <translation>Anhaltspunkte nach ATTIQA</translation>
    </message>
    <message>
        <source>ATTIQA-style cues, relative within this folder</source>
        <translation>Anhaltspunkte nach ATTIQA, im Vergleich innerhalb dieses Ordners</translation>
    </message>
    <message>
        <source>About UniQA Desktop</source>
        <translation>Über UniQA Desktop</translation>
    </message>
    <message>
        <source>About {ratings} would let {percent} % of all pairs of photos change places.</source>
        <translation>Mit etwa {ratings} würden {percent}&#xa0;% aller Fotopaare die Plätze tauschen.</translation>
    </message>
    <message>
        <source>Acts, newest first</source>
        <translation>Handlungen, neueste zuerst</translation>
    </message>
    <message>
        <source>Aesthetics</source>
        <translation>Ästhetik</translation>
    </message>
    <message>
        <source>Aesthetics {one}, {other} has {two}.</source>
        <translation>Ästhetik {one}, {other} hat {two}.</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Agreement by number of ratings, generic score dashed</source>
        <translation>Übereinstimmung nach Zahl der Bewertungen, allgemeine Punkte gestrichelt</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>Alle Tage</translation>
    </message>
    <message>
        <source>All of them are picks already.</source>
        <translation>Alle sind schon mit „Behalten“ markiert.</translation>
    </message>
    <message>
        <source>All sidecars state their verdict.</source>
        <translation>Alle Sidecars enthalten ihre Bewertung.</translation>
    </message>
    <message numerus="yes">
        <source>All that are shown (%n photos)</source>
        <translation>
            <numerusform>Alles Gezeigte (%n Foto)</numerusform>
            <numerusform>Alles Gezeigte (%n Fotos)</numerusform>
        </translation>
    </message>
    <message>
        <source>All that are shown (1 photo)</source>
        <translation>Alles Gezeigte (1 Foto)</translation>
    </message>
    <message>
        <source>Always to be looked at: {photos}.</source>
        <translation>Immer zum Ansehen: {photos}.</translation>
    </message>
    <message>
        <source>An interrupted export was finished: 1 photo.</source>
        <translation>Ein unterbrochener Export wurde beendet: 1 Foto.</translation>
    </message>
    <message>
        <source>An interrupted export was taken back: 1 photo; its original is in place.</source>
        <translation>Ein unterbrochener Export wurde zurückgenommen: 1 Foto; sein Original ist an seinem Platz.</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %n photos</source>
        <translation>
            <numerusform>Auf %n Foto anwenden</numerusform>
            <numerusform>Auf %n Fotos anwenden</numerusform>
        </translation>
    </message>
    <message>
        <source>Apply to 1 photo</source>
        <translation>Auf 1 Foto anwenden</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>As what</source>
        <translation>Als was</translation>
    </message>
    <message>
        <source>Auto-advance</source>
        <translation>Automatisch weiter</translation>
    </message>
    <message>
        <source>Auto-advance (Caps Lock)</source>
        <translation>Automatisch weiter (Feststelltaste)</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Back (Backspace)</source>
        <translation>Zurück (Rücktaste)</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>Zurück zu allen Fotos (Esc)</translation>
    </message>
    <message>
        <source>Back to all photos in their order (Esc)</source>
        <translation>Zurück zu allen Fotos in ihrer Reihenfolge (Esc)</translation>
    </message>
    <message>
        <source>Back to the dialog that chose them</source>
        <translation>Zurück zum Fenster, in dem sie bestimmt wurden</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>Blind</translation>
    </message>
    <message>
        <source>Blind audit</source>
        <translation>Blindprüfung</translation>
    </message>
    <message>
        <source>Blind audit…</source>
        <translation>Blindprüfung…</translation>
    </message>
    <message>
        <source>Blind, but the order or a filter tells scores</source>
        <translation>Blind, aber Reihenfolge oder Filter verraten Punkte</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Both names, for all of them</source>
        <translation>Beide Namen, für alle</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>But {other} is better in this: {what}</source>
        <translation>Aber {other} ist darin besser: {what}</translation>
    </message>
    <message>
        <source>By which score</source>
        <translation>Nach welchen Punkten</translation>
    </message>
    <message>
        <source>CLIP RN50</source>
        <translation>CLIP RN50</translation>
    </message>
    <message>
        <source>CLIP ViT-B/16</source>
        <translation>CLIP ViT-B/16</translation>
    </message>
    <message>
        <source>CLIP ViT-L/14 with the LAION aesthetic head</source>
        <translation>CLIP ViT-L/14 mit dem Ästhetik-Kopf von LAION</translation>
    </message>
    <message>
        <source>Can&apos;t tell which frame is the best: look at them, and keep one yourself.</source>
        <translation>Welches Bild das beste ist, ist nicht zu entscheiden: sehen Sie sie an und behalten Sie selbst eines.</translation>
    </message>
    <message>
        <source>Can&apos;t tell {frames} apart: no difference between them can be seen.</source>
        <translation>{frames} sind nicht zu unterscheiden: zwischen ihnen ist kein Unterschied zu sehen.</translation>
    </message>
    <message>
        <source>Can&apos;t tell {frames} apart: the difference is within the measured noise.</source>
        <translation>{frames} sind nicht zu unterscheiden: der Unterschied liegt im gemessenen Rauschen.</translation>
    </message>
    <message>
        <source>Can&apos;t tell: {frame} shows another view, and nobody has compared it.</source>
        <translation>Nicht zu entscheiden: {frame} zeigt eine andere Ansicht, und niemand hat es verglichen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changed; everything else in it stays</source>
        <translation>Geändert; alles andere darin bleibt</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Check the scores against verdicts given blind</source>
        <translation>Prüft die Punkte an blind gegebenen Bewertungen</translation>
    </message>
    <message>
        <source>Choose Get, or run `uniqa-desktop model get clip-rn50`: it comes from the model hub, and its size is shown first.</source>
        <translation>Wählen Sie „Holen“ oder rufen Sie `uniqa-desktop model get clip-rn50` auf: Es kommt vom Modell-Server, und die Größe wird vorher gezeigt.</translation>
    </message>
    <message>
        <source>Choose Get, or run `uniqa-desktop model get clip-vit-b-16`: it comes from the model hub, and its size is shown first.</source>
        <translation>Wählen Sie „Holen“ oder rufen Sie `uniqa-desktop model get clip-vit-b-16` auf: Es kommt vom Modell-Server, und die Größe wird vorher gezeigt.</translation>
    </message>
    <message>
        <source>Choose Get, or run `uniqa-desktop model get clip-vit-l-14-laion`: it comes from the model hub, and its size is shown first.</source>
        <translation>Wählen Sie „Holen“ oder rufen Sie `uniqa-desktop model get clip-vit-l-14-laion` auf: Es kommt vom Modell-Server, und die Größe wird vorher gezeigt.</translation>
    </message>
    <message>
        <source>Choose Install from file, or run `uniqa-desktop model install UniQA_weight.pt --id uniqa-vitb16`.</source>
        <translation>Wählen Sie „Aus Datei installieren“ oder rufen Sie `uniqa-desktop model install UniQA_weight.pt --id uniqa-vitb16` auf.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choosing…</source>
        <translation>Fotos werden bestimmt…</translation>
    </message>
    <message>
        <source>Clipped highlights</source>
        <translation>Ausgefressene Lichter</translation>
    </message>
    <message>
        <source>Clipped shadows</source>
        <translation>Abgesoffene Schatten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Colorfulness</source>
        <translation>Farbigkeit</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n photos</source>
        <translation>
            <numerusform>%n Foto kopieren</numerusform>
            <numerusform>%n Fotos kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy 1 photo</source>
        <translation>1 Foto kopieren</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Days: {kept} of {there}</source>
        <translation>Tage: {kept} von {there}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Download UniQA_weight.pt. If the file is only a few kilobytes, it is a web page: open the link in a browser and confirm the download there.</source>
        <translation>Laden Sie UniQA_weight.pt herunter. Ist die Datei nur ein paar Kilobyte groß, ist es eine Webseite: Öffnen Sie den Link im Browser und bestätigen Sie das Herunterladen dort.</translation>
    </message>
    <message>
        <source>Drawing photos without a verdict…</source>
        <translation>Fotos ohne Bewertung werden ausgelost…</translation>
    </message>
    <message>
        <source>Draws other photos; the verdicts that you gave are kept</source>
        <translation>Zieht andere Fotos; Ihre Urteile bleiben erhalten</translation>
    </message>
    <message>
        <source>Drop: make it the cover</source>
        <translation>Ablegen: zum Deckblatt machen</translation>
    </message>
    <message>
        <source>Drop: put into one group</source>
        <translation>Ablegen: zu einer Gruppe zusammenlegen</translation>
    </message>
    <message>
        <source>Drop: take out of the group</source>
        <translation>Ablegen: aus der Gruppe nehmen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>Verdoppeln…</translation>
    </message>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>Each part of the photo was blurred in turn and the whole scored again. Where that cost points, the detail there raises the score.</source>
        <translation>Jeder Teil des Fotos wurde der Reihe nach weichgezeichnet und das Ganze neu ausgewertet. Wo das Punkte kostete, heben die Details dort die Punkte.</translation>
    </message>
    <message>
        <source>Each photo goes with its RAW, JPEG and sidecars, and is looked at once more right before. Its verdict stays in the library: out of the trash, it comes back whole.</source>
        <translation>Jedes Foto geht mit RAW, JPEG und Sidecars und wird unmittelbar davor noch einmal angesehen. Seine Bewertung bleibt in der Bibliothek: Aus dem Papierkorb zurück ist alles wieder da.</translation>
    </message>
    <message>
        <source>Earlier audits:</source>
        <translation>Frühere Prüfungen:</translation>
    </message>
    <message>
        <source>Every burst from here on is decided.</source>
        <translation>Von hier an ist jede Serie entschieden.</translation>
    </message>
    <message>
        <source>Every photo that is shown has a flag.</source>
        <translation>Jedes gezeigte Foto hat eine Markierung.</translation>
    </message>
    <message>
        <source>Every scored photo has a verdict: nothing is left.</source>
        <translation>Jedes ausgewertete Foto hat eine Bewertung: Es ist nichts mehr übrig.</translation>
    </message>
    <message>
        <source>Exact duplicates</source>
        <translation>Gleiche Dateien</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Export läuft …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Exposure bracket</source>
        <translation>Belichtungsreihe</translation>
    </message>
    <message>
        <source>Eyes sharper by {percent} % than in {other}.</source>
        <translation>Augen um {percent} % schärfer als in {other}.</translation>
    </message>
    <message>
        <source>Eyes {times} times as sharp as in {other}.</source>
        <translation>Augen {times}-mal so scharf wie in {other}.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Focus stack</source>
        <translation>Fokusreihe</translation>
    </message>
    <message>
        <source>Fold them</source>
        <translation>Zusammenfalten</translation>
    </message>
    <message numerus="yes">
        <source>Folded: %n photos</source>
        <translation>
            <numerusform>Zusammengefaltet: %n Foto</numerusform>
            <numerusform>Zusammengefaltet: %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Folded: 1 photo</source>
        <translation>Zusammengefaltet: 1 Foto</translation>
    </message>
    <message numerus="yes">
        <source>For %n selected:</source>
        <translation>
            <numerusform>Für %n ausgewähltes:</numerusform>
            <numerusform>Für %n ausgewählte:</numerusform>
        </translation>
    </message>
    <message>
        <source>For 1 selected:</source>
        <translation>Für 1 ausgewähltes:</translation>
    </message>
    <message>
        <source>For all:</source>
        <translation>Für alle:</translation>
    </message>
    <message>
        <source>For non-commercial use only: neither the weights nor scores made with them may serve commercial work.</source>
        <translation>Nur für nichtkommerzielle Zwecke: Weder die Gewichte noch damit ermittelte Punkte dürfen gewerblicher Arbeit dienen.</translation>
    </message>
    <message>
        <source>Found: {groups}.</source>
        <translation>Gefunden: {groups}.</translation>
    </message>
    <message>
        <source>Free for any use if the notice is kept (Copyright 2021 OpenAI).</source>
        <translation>Frei für jeden Zweck, wenn der Hinweis erhalten bleibt (Copyright 2021 OpenAI).</translation>
    </message>
    <message>
        <source>Free for any use if the notices are kept.</source>
        <translation>Frei für jeden Zweck, wenn die Hinweise erhalten bleiben.</translation>
    </message>
    <message>
        <source>From sidecars: {what}</source>
        <translation>Aus Sidecars: {what}</translation>
    </message>
    <message>
        <source>From the best to the most varied</source>
        <translation>Von den besten zu den vielfältigsten</translation>
    </message>
    <message>
        <source>G</source>
        <translation>Gr</translation>
    </message>
    <message>
        <source>Generic score</source>
        <translation>Allgemeine Punkte</translation>
    </message>
    <message>
        <source>Generic score as you would put it {generic}, photos like it {shown}</source>
        <translation>Allgemeine Punkte nach Ihrem Maß {generic}, ähnliche Fotos {shown}</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Gegeben</translation>
    </message>
    <message>
        <source>Gives each of them the flag of a pick, as one step</source>
        <translation>Markiert jedes davon mit „Behalten“, in einem Schritt</translation>
    </message>
    <message>
        <source>Gives the selected photos (or all) the verdict from before this act</source>
        <translation>Gibt den ausgewählten Fotos (oder allen) die Bewertung von vor dieser Handlung</translation>
    </message>
    <message>
        <source>Gives the selected photos (or all) the verdict that this act gave</source>
        <translation>Gibt den ausgewählten Fotos (oder allen) die Bewertung, die diese Handlung gab</translation>
    </message>
    <message>
        <source>Go back to this version</source>
        <translation>Zurück zu diesem Stand</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Geht nach</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Had a score kept as many photos as you did, those it rates highest. A lost keeper costs {cost} times as much as a reject that is kept. With 95 % intervals.</source>
        <translation>Wären nach Punkten so viele Fotos behalten worden, wie Sie behielten, und zwar die mit den meisten. Ein verlorenes gutes Foto kostet {cost}-mal so viel wie ein behaltenes schlechtes. Mit 95-%-Intervallen.</translation>
    </message>
    <message>
        <source>Held back: {why}</source>
        <translation>Zurückgehalten: {why}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Horizon {one}° off level, {two}° in {other}.</source>
        <translation>Horizont um {one}° gekippt, in {other} um {two}°.</translation>
    </message>
    <message>
        <source>How many photos</source>
        <translation>Wie viele Fotos</translation>
    </message>
    <message>
        <source>How much do you like it?</source>
        <translation>Wie gut gefällt Ihnen das Foto?</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Übernehmen…</translation>
    </message>
    <message>
        <source>In the blind mode no photo is parted by its score.</source>
        <translation>Im Blindmodus wird kein Foto nach seinen Punkten eingeteilt.</translation>
    </message>
    <message>
        <source>In the blind mode no photos are chosen by their scores.</source>
        <translation>Im Blindmodus werden keine Fotos nach ihren Punkten bestimmt.</translation>
    </message>
    <message numerus="yes">
        <source>Interrupted exports were finished: %n photos.</source>
        <translation>
            <numerusform>Unterbrochene Exporte wurden beendet: %n Foto.</numerusform>
            <numerusform>Unterbrochene Exporte wurden beendet: %n Fotos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Interrupted exports were taken back: %n photos; their originals are in place.</source>
        <translation>
            <numerusform>Unterbrochene Exporte wurden zurückgenommen: %n Foto; das Original ist an seinem Platz.</numerusform>
            <numerusform>Unterbrochene Exporte wurden zurückgenommen: %n Fotos; ihre Originale sind an ihrem Platz.</numerusform>
        </translation>
    </message>
    <message>
        <source>It ended with a bug in this program.</source>
        <translation>Es endete mit einem Fehler in diesem Programm.</translation>
    </message>
    <message>
        <source>It is the only frame that can be compared.</source>
        <translation>Es ist das einzige Bild, das verglichen werden kann.</translation>
    </message>
    <message>
        <source>It learns by itself when you pause; this does it at once</source>
        <translation>Gelernt wird von selbst, sobald Sie innehalten; so geschieht es sofort</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>Es wurde angehalten.</translation>
    </message>
    <message>
        <source>Its doubts: of held-out ratings {half} % lay where it was 50 % sure, {most} % where it was 95 % sure.</source>
        <translation>Seine Zweifel: Von zurückgehaltenen Bewertungen lagen {half}&#xa0;% dort, wo er zu 50 % sicher war, und {most}&#xa0;% dort, wo er zu 95 % sicher war.</translation>
    </message>
    <message>
        <source>Just found</source>
        <translation>Gerade gefunden</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten:</translation>
    </message>
    <message>
        <source>Keep (P)</source>
        <translation>Behalten (P)</translation>
    </message>
    <message>
        <source>Keep the folders below the open one</source>
        <translation>Unterordner des offenen Ordners beibehalten</translation>
    </message>
    <message>
        <source>Keep them here</source>
        <translation>Hier behalten</translation>
    </message>
    <message>
        <source>Keepers dropped</source>
        <translation>Gute Fotos verloren</translation>
    </message>
    <message>
        <source>Keepers that the generic score would have dropped</source>
        <translation>Gute Fotos, die nach den allgemeinen Punkten verloren wären</translation>
    </message>
    <message>
        <source>Keepers that your taste would have dropped</source>
        <translation>Gute Fotos, die nach Ihrem Geschmack verloren wären</translation>
    </message>
    <message>
        <source>Learn now</source>
        <translation>Jetzt lernen</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Learning curve, ratings and share of pairs in your order: {points}</source>
        <translation>Lernkurve, Bewertungen und Anteil der Paare in Ihrer Reihenfolge: {points}</translation>
    </message>
    <message>
        <source>Learning curve: agreement by number of ratings</source>
        <translation>Lernkurve: Übereinstimmung nach Zahl der Bewertungen</translation>
    </message>
    <message>
        <source>Leave the list as it is</source>
        <translation>Die Liste lassen, wie sie ist</translation>
    </message>
    <message>
        <source>Left alone: another program changed its verdict as well</source>
        <translation>Unverändert: Ein anderes Programm hat die Bewertung ebenfalls geändert</translation>
    </message>
    <message>
        <source>Left out, because</source>
        <translation>Ausgelassen, weil</translation>
    </message>
    <message>
        <source>Left photo</source>
        <translation>Linkes Foto</translation>
    </message>
    <message>
        <source>Left: the best by score. Right: spread over days, places and looks.</source>
        <translation>Links: die besten nach Punkten. Rechts: verteilt über Tage, Orte und Motive.</translation>
    </message>
    <message>
        <source>Less motion blur: along its weakest direction {percent} % sharper than {other}.</source>
        <translation>Weniger verwackelt: in der schwächsten Richtung um {percent} % schärfer als {other}.</translation>
    </message>
    <message>
        <source>Lets the choice between these photos be as before this act</source>
        <translation>Stellt die Wahl zwischen diesen Fotos so wieder her, wie sie vor dieser Handlung war</translation>
    </message>
    <message>
        <source>Lets the choice between these photos be as this act made it</source>
        <translation>Stellt die Wahl zwischen diesen Fotos so wieder her, wie diese Handlung sie gemacht hat</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Lightroom</source>
        <translation>Lightroom</translation>
    </message>
    <message>
        <source>Like these you gave {verdicts}</source>
        <translation>Ähnlichen gaben Sie {verdicts}</translation>
    </message>
    <message>
        <source>Line with dots: your taste. Dashed: generic score.</source>
        <translation>Linie mit Punkten: Ihr Geschmack. Gestrichelt: allgemeine Punkte.</translation>
    </message>
    <message>
        <source>Look at these</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Looking at the rejected photos…</source>
        <translation>Die abgelehnten Fotos werden angesehen …</translation>
    </message>
    <message>
        <source>Looking for the photos that tell most…</source>
        <translation>Die Fotos, die am meisten verraten, werden gesucht…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Looks: the model in use compares none</source>
        <translation>Motive: das verwendete Modell vergleicht keine</translation>
    </message>
    <message>
        <source>Looks: {kept} of {there}</source>
        <translation>Motive: {kept} von {there}</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <source>Maybe for {what}</source>
        <translation>Vielleicht für {what}</translation>
    </message>
    <message>
        <source>Maybes</source>
        <translation>Vielleicht-Fotos</translation>
    </message>
    <message>
        <source>Measured attributes</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>More ratings would hardly change the order.</source>
        <translation>Weitere Bewertungen würden die Reihenfolge kaum ändern.</translation>
    </message>
    <message numerus="yes">
        <source>Move %n photos</source>
        <translation>
            <numerusform>%n Foto verschieben</numerusform>
            <numerusform>%n Fotos verschieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n photos to the trash</source>
        <translation>
            <numerusform>%n Foto in den Papierkorb</numerusform>
            <numerusform>%n Fotos in den Papierkorb</numerusform>
        </translation>
    </message>
    <message>
        <source>Move 1 photo</source>
        <translation>1 Foto verschieben</translation>
    </message>
    <message>
        <source>Move 1 photo to the trash</source>
        <translation>1 Foto in den Papierkorb</translation>
    </message>
    <message>
        <source>Move: remove the originals once their copies are proven</source>
        <translation>Verschieben: Originale entfernen, sobald ihre Kopien geprüft sind</translation>
    </message>
    <message>
        <source>Moving to the trash · {done}</source>
        <translation>In den Papierkorb · {done}</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name (a filter of the same name is replaced):</source>
        <translation>Name (ein Filter gleichen Namens wird ersetzt):</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>Named IMG.CR2.xmp: for darktable, digiKam</source>
        <translation>Name IMG.CR2.xmp: für darktable, digiKam</translation>
    </message>
    <message>
        <source>Named IMG.xmp: for Lightroom, Capture One, Bridge</source>
        <translation>Name IMG.xmp: für Lightroom, Capture One, Bridge</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Beinahe-Duplikate</translation>
    </message>
    <message>
        <source>Neither (M)</source>
        <translation>Weder noch (M)</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New taste</source>
        <translation>Neuer Geschmack</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>No bursts are known here, so none could be folded.</source>
        <translation>Hier sind keine Serien bekannt, also wurde keine zusammengefaltet.</translation>
    </message>
    <message>
        <source>No choice</source>
        <translation>Keine Wahl</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>No filter is set: there is nothing to save.</source>
        <translation>Es ist kein Filter eingestellt: Es gibt nichts zu sichern.</translation>
    </message>
    <message>
        <source>No learning curve yet.</source>
        <translation>Noch keine Lernkurve.</translation>
    </message>
    <message>
        <source>No longer {better} over {worse}</source>
        <translation>Nicht mehr {better} vor {worse}</translation>
    </message>
    <message>
        <source>No photo is among these.</source>
        <translation>Kein Foto gehört dazu.</translation>
    </message>
    <message>
        <source>No photo names its camera: there is no clock to correct.</source>
        <translation>Kein Foto nennt seine Kamera: es gibt keine Uhr zu berichtigen.</translation>
    </message>
    <message>
        <source>No photo of this folder is rejected.</source>
        <translation>Kein Foto dieses Ordners ist abgelehnt.</translation>
    </message>
    <message>
        <source>No photo passes the filter.</source>
        <translation>Kein Foto kommt durch den Filter.</translation>
    </message>
    <message>
        <source>No photo that was found passes the filter.</source>
        <translation>Kein gefundenes Foto kommt durch den Filter.</translation>
    </message>
    <message>
        <source>No sidecar can be written.</source>
        <translation>Kein Sidecar lässt sich schreiben.</translation>
    </message>
    <message>
        <source>No sidecar states another verdict than the library.</source>
        <translation>Kein Sidecar enthält eine andere Bewertung als die Bibliothek.</translation>
    </message>
    <message>
        <source>No stars for {what}</source>
        <translation>Keine Sterne für {what}</translation>
    </message>
    <message>
        <source>No such motion blur: along its weakest direction {times} times as sharp as {other}.</source>
        <translation>Nicht so verwackelt: in der schwächsten Richtung {times}-mal so scharf wie {other}.</translation>
    </message>
    <message>
        <source>No verdict is given here.</source>
        <translation>Hier wird nichts bewertet.</translation>
    </message>
    <message>
        <source>No verdicts yet. Every one that you give is kept here.</source>
        <translation>Noch keine Bewertungen. Jede, die Sie geben, wird hier aufbewahrt.</translation>
    </message>
    <message>
        <source>Noisiness</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>None of the frames can be compared.</source>
        <translation>Keines der Bilder kann verglichen werden.</translation>
    </message>
    <message>
        <source>None of the rejected photos can go to the trash.</source>
        <translation>Keines der abgelehnten Fotos kann in den Papierkorb.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Not preferred</source>
        <translation>Nicht vorgezogen</translation>
    </message>
    <message>
        <source>Not yet distinguishable: your taste may be no better than the generic score.</source>
        <translation>Noch nicht zu unterscheiden: Ihr Geschmack ist vielleicht nicht besser als die allgemeinen Punkte.</translation>
    </message>
    <message>
        <source>Nothing can be searched yet.</source>
        <translation>Noch kann nichts durchsucht werden.</translation>
    </message>
    <message>
        <source>Nothing is folded: Filter, Fold makes stacks.</source>
        <translation>Nichts ist zusammengefaltet: Filter, Zusammenfalten macht Stapel.</translation>
    </message>
    <message>
        <source>Nothing is proposed while you judge blind.</source>
        <translation>Solange Sie blind urteilen, wird nichts vorgeschlagen.</translation>
    </message>
    <message>
        <source>Nothing is read or written until you decide</source>
        <translation>Bis Sie entscheiden, wird nichts gelesen oder geschrieben</translation>
    </message>
    <message>
        <source>Nothing stands out.</source>
        <translation>Nichts Auffälliges.</translation>
    </message>
    <message>
        <source>Nothing to do: it is part of the program.</source>
        <translation>Nichts zu tun: Es gehört zum Programm.</translation>
    </message>
    <message>
        <source>Nothing to do: it measures the pixels and needs no file.</source>
        <translation>Nichts zu tun: Es misst die Pixel und braucht keine Datei.</translation>
    </message>
    <message>
        <source>Nothing was learned with this model yet.</source>
        <translation>Mit diesem Modell wurde noch nichts gelernt.</translation>
    </message>
    <message>
        <source>Nothing was rated yet: taste is the generic score.</source>
        <translation>Noch nichts bewertet: Als Geschmack gelten die allgemeinen Punkte.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Of a burst, near-duplicates or copies one photo at most. Brackets, focus stacks and panoramas are kept whole or not.</source>
        <translation>Von Serien, Beinahe-Duplikaten und Kopien höchstens ein Foto. Belichtungsreihen, Fokusreihen und Panoramen bleiben ganz oder gar nicht.</translation>
    </message>
    <message>
        <source>One of each burst</source>
        <translation>Eines je Serie</translation>
    </message>
    <message>
        <source>Only in this program&apos;s library; the File menu changes it</source>
        <translation>Nur in der Bibliothek dieses Programms; im Menü „Datei“ lässt sich das ändern</translation>
    </message>
    <message numerus="yes">
        <source>Only the best %n photos are shown, by {score}.</source>
        <translation>
            <numerusform>Nur das beste %n Foto wird gezeigt, nach {score}.</numerusform>
            <numerusform>Nur die besten %n Fotos werden gezeigt, nach {score}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the best photo is shown, by {score}.</source>
        <translation>Nur das beste Foto wird gezeigt, nach {score}.</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Einen Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Open the authors&apos; download page (the source link). You may have to log out of your Google account.</source>
        <translation>Öffnen Sie die Download-Seite der Autoren (der Link „Quelle“). Vielleicht müssen Sie sich dazu von Ihrem Google-Konto abmelden.</translation>
    </message>
    <message>
        <source>Open the stack first, then take out what does not belong.</source>
        <translation>Öffnen Sie zuerst den Stapel, dann nehmen Sie heraus, was nicht dazugehört.</translation>
    </message>
    <message>
        <source>Or bring OpenAI&apos;s own RN50.pt and choose Install from file, or run `uniqa-desktop model install RN50.pt`. It is a TorchScript archive, which is opened only if you allow it.</source>
        <translation>Oder nehmen Sie OpenAIs eigene RN50.pt und wählen Sie „Aus Datei installieren“ oder rufen Sie `uniqa-desktop model install RN50.pt` auf. Sie ist ein TorchScript-Archiv, das nur geöffnet wird, wenn Sie es erlauben.</translation>
    </message>
    <message>
        <source>Or bring OpenAI&apos;s own ViT-B-16.pt and choose Install from file, or run `uniqa-desktop model install ViT-B-16.pt`. It is a TorchScript archive, which is opened only if you allow it.</source>
        <translation>Oder nehmen Sie OpenAIs eigene ViT-B-16.pt und wählen Sie „Aus Datei installieren“ oder rufen Sie `uniqa-desktop model install ViT-B-16.pt` auf. Sie ist ein TorchScript-Archiv, das nur geöffnet wird, wenn Sie es erlauben.</translation>
    </message>
    <message>
        <source>Or bring OpenAI&apos;s own ViT-L-14.pt and choose Install from file, or run `uniqa-desktop model install ViT-L-14.pt`. It is a TorchScript archive, which is opened only if you allow it.</source>
        <translation>Oder nehmen Sie OpenAIs eigene ViT-L-14.pt und wählen Sie „Aus Datei installieren“ oder rufen Sie `uniqa-desktop model install ViT-L-14.pt` auf. Sie ist ein TorchScript-Archiv, das nur geöffnet wird, wenn Sie es erlauben.</translation>
    </message>
    <message>
        <source>P</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>Panorama</translation>
    </message>
    <message>
        <source>Part of this program.</source>
        <translation>Teil dieses Programms.</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos and their two verdicts</source>
        <translation>Fotos und ihre beiden Bewertungen</translation>
    </message>
    <message>
        <source>Photos like {name}</source>
        <translation>Fotos wie {name}</translation>
    </message>
    <message>
        <source>Photos of the act</source>
        <translation>Fotos der Handlung</translation>
    </message>
    <message>
        <source>Photos that were left out</source>
        <translation>Ausgelassene Fotos</translation>
    </message>
    <message>
        <source>Photos without features of the model are opened and encoded</source>
        <translation>Fotos ohne Merkmale des Modells werden geöffnet und neu erfasst</translation>
    </message>
    <message numerus="yes">
        <source>Pick these %n photos</source>
        <translation>
            <numerusform>Dieses %n Foto behalten</numerusform>
            <numerusform>Diese %n Fotos behalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Pick this 1 photo</source>
        <translation>Dieses 1 Foto behalten</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Picked photos</source>
        <translation>Behaltene Fotos</translation>
    </message>
    <message>
        <source>Picked {what}</source>
        <translation>{what} behalten</translation>
    </message>
    <message>
        <source>Picks</source>
        <translation>Behaltene</translation>
    </message>
    <message>
        <source>Places: not known</source>
        <translation>Orte: nicht bekannt</translation>
    </message>
    <message>
        <source>Places: {kept} of {there}</source>
        <translation>Orte: {kept} von {there}</translation>
    </message>
    <message>
        <source>Preferred</source>
        <translation>Vorgezogen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Lila</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quality {one}, {other} has {two}.</source>
        <translation>Qualität {one}, {other} hat {two}.</translation>
    </message>
    <message>
        <source>Quit anyway</source>
        <translation>Trotzdem beenden</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>Rank correlation: your taste {taste}, generic score {generic}.</source>
        <translation>Rangkorrelation: Ihr Geschmack {taste}, allgemeine Punkte {generic}.</translation>
    </message>
    <message>
        <source>Rate the photos whose answer tells most</source>
        <translation>Die Fotos bewerten, deren Antwort am meisten verrät</translation>
    </message>
    <message>
        <source>Rating game</source>
        <translation>Bewertungsspiel</translation>
    </message>
    <message>
        <source>Rating game…</source>
        <translation>Bewertungsspiel…</translation>
    </message>
    <message>
        <source>Ratings came in since, or the model was changed: learn now.</source>
        <translation>Seither kamen Bewertungen hinzu, oder das Modell ist ein anderes: Lassen Sie jetzt lernen.</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Reject (X)</source>
        <translation>Ablehnen (X)</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Rejected photos</source>
        <translation>Abgelehnte Fotos</translation>
    </message>
    <message>
        <source>Rejected photos to the trash</source>
        <translation>Abgelehnte Fotos in den Papierkorb</translation>
    </message>
    <message>
        <source>Rejected {what}</source>
        <translation>{what} abgelehnt</translation>
    </message>
    <message>
        <source>Rejects</source>
        <translation>Abgelehnte</translation>
    </message>
    <message>
        <source>Rejects found</source>
        <translation>Schlechte Fotos gefunden</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Restore after</source>
        <translation>Nachher wiederherstellen</translation>
    </message>
    <message>
        <source>Restore before</source>
        <translation>Vorher wiederherstellen</translation>
    </message>
    <message>
        <source>Right photo</source>
        <translation>Rechtes Foto</translation>
    </message>
    <message>
        <source>Right →</source>
        <translation>Rechts →</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter sichern</translation>
    </message>
    <message numerus="yes">
        <source>Score %n photos</source>
        <translation>
            <numerusform>%n Foto auswerten</numerusform>
            <numerusform>%n Fotos auswerten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Score %n photos now</source>
        <translation>
            <numerusform>%n Foto jetzt auswerten</numerusform>
            <numerusform>%n Fotos jetzt auswerten</numerusform>
        </translation>
    </message>
    <message>
        <source>Score 1 photo</source>
        <translation>1 Foto auswerten</translation>
    </message>
    <message>
        <source>Score 1 photo now</source>
        <translation>1 Foto jetzt auswerten</translation>
    </message>
    <message>
        <source>Score them</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Score this folder again</source>
        <translation>Diesen Ordner neu auswerten</translation>
    </message>
    <message>
        <source>Scores and names are hidden. Your verdicts are kept.</source>
        <translation>Punkte und Namen sind verborgen. Ihre Bewertungen werden aufbewahrt.</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>Nach Namen suchen</translation>
    </message>
    <message>
        <source>Search by words or likeness</source>
        <translation>Suche mit Worten oder nach Ähnlichkeit</translation>
    </message>
    <message>
        <source>Search in names and reasons</source>
        <translation>In Namen und Gründen suchen</translation>
    </message>
    <message>
        <source>Search in the photos that were left out</source>
        <translation>In den ausgelassenen Fotos suchen</translation>
    </message>
    <message>
        <source>Select the photos first that belong together.</source>
        <translation>Wählen Sie zuerst die Fotos aus, die zusammengehören.</translation>
    </message>
    <message numerus="yes">
        <source>Selection (%n photos)</source>
        <translation>
            <numerusform>Auswahl (%n Foto)</numerusform>
            <numerusform>Auswahl (%n Fotos)</numerusform>
        </translation>
    </message>
    <message>
        <source>Selection (1 photo)</source>
        <translation>Auswahl (1 Foto)</translation>
    </message>
    <message>
        <source>Several tastes, their folders and versions</source>
        <translation>Mehrere Geschmäcker, ihre Ordner und Stände</translation>
    </message>
    <message>
        <source>Share of pairs put in your order, on {photos} that were held out of the learning, with 95 % intervals. 0.5 is chance.</source>
        <translation>Anteil der Paare in Ihrer Reihenfolge, an {photos}, die beim Lernen zurückgehalten wurden, mit 95-%-Intervallen. 0,5 ist Zufall.</translation>
    </message>
    <message>
        <source>Sharper by {percent} % on the subject than {other}.</source>
        <translation>Am Motiv um {percent} % schärfer als {other}.</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show one photo of each group</source>
        <translation>Von jeder Gruppe ein Foto zeigen</translation>
    </message>
    <message>
        <source>Show them in the grid</source>
        <translation>Im Raster zeigen</translation>
    </message>
    <message>
        <source>Shows both verdicts of each photo</source>
        <translation>Zeigt beide Bewertungen jedes Fotos</translation>
    </message>
    <message>
        <source>Shows only these photos, until you press Esc. Nothing is changed.</source>
        <translation>Zeigt nur diese Fotos, bis Sie Esc drücken. Nichts wird verändert.</translation>
    </message>
    <message>
        <source>Sidecar</source>
        <translation>Sidecar</translation>
    </message>
    <message>
        <source>Sidecars</source>
        <translation>Sidecars</translation>
    </message>
    <message>
        <source>Sidecars are not written</source>
        <translation>Sidecars sind nicht geschrieben</translation>
    </message>
    <message>
        <source>Sidecars changed by another program</source>
        <translation>Sidecars, die ein anderes Programm geändert hat</translation>
    </message>
    <message>
        <source>Sidecars that do not state their verdict yet. The verdicts are safe in the library. Click to try again or to decide.</source>
        <translation>Sidecars, die ihre Bewertung noch nicht enthalten. Die Bewertungen sind in der Bibliothek sicher. Klicken Sie, um es erneut zu versuchen oder zu entscheiden.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Skip (Space)</source>
        <translation>Überspringen (Leertaste)</translation>
    </message>
    <message>
        <source>Sort by taste</source>
        <translation>Nach Geschmack ordnen</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Stays, because</source>
        <translation>Bleibt, denn</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Beenden (Esc)</translation>
    </message>
    <message>
        <source>Stop and report</source>
        <translation>Beenden und berichten</translation>
    </message>
    <message>
        <source>Stopped: the others are where they were.</source>
        <translation>Angehalten: Die anderen sind, wo sie waren.</translation>
    </message>
    <message>
        <source>Stopped: what is listed above is complete, the rest untouched.</source>
        <translation>Angehalten: Was oben steht, ist vollständig, der Rest unberührt.</translation>
    </message>
    <message>
        <source>Sure keep</source>
        <translation>Sicher behalten</translation>
    </message>
    <message>
        <source>Sure reject</source>
        <translation>Sicher ablehnen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>Tastes</source>
        <translation>Geschmäcker</translation>
    </message>
    <message>
        <source>Tastes…</source>
        <translation>Geschmäcker…</translation>
    </message>
    <message>
        <source>The best N photos</source>
        <translation>Die N besten Fotos</translation>
    </message>
    <message>
        <source>The chosen photos, the most valuable first</source>
        <translation>Die bestimmten Fotos, die wertvollsten zuerst</translation>
    </message>
    <message>
        <source>The file is not there, so there is nothing to look at.</source>
        <translation>Die Datei ist nicht da, es gibt also nichts anzusehen.</translation>
    </message>
    <message>
        <source>The file that is there will be replaced.</source>
        <translation>Die vorhandene Datei wird ersetzt.</translation>
    </message>
    <message>
        <source>The filter hides the next photo of this group.</source>
        <translation>Der Filter verbirgt das nächste Foto dieser Gruppe.</translation>
    </message>
    <message>
        <source>The filter “{name}” is saved.</source>
        <translation>Der Filter „{name}“ ist gesichert.</translation>
    </message>
    <message>
        <source>The filters hide these photos: show all</source>
        <translation>Die Filter blenden diese Fotos aus: alle zeigen</translation>
    </message>
    <message>
        <source>The flags are as they were before.</source>
        <translation>Die Markierungen sind wieder wie vorher.</translation>
    </message>
    <message>
        <source>The frames of this group have not been compared yet.</source>
        <translation>Die Bilder dieser Gruppe wurden noch nicht verglichen.</translation>
    </message>
    <message>
        <source>The language changes when the program is started the next time.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The learning curve begins with the fifth rating.</source>
        <translation>Die Lernkurve beginnt mit der fünften Bewertung.</translation>
    </message>
    <message>
        <source>The library&apos;s</source>
        <translation>Die der Bibliothek</translation>
    </message>
    <message>
        <source>The model sees more {attribute} here than in {n} % of this folder. Its own number, not calibrated: {seen} of 100.</source>
        <translation>Das Modell sieht hier mehr {attribute} als in {n}&#xa0;% dieses Ordners. Seine eigene Zahl, nicht geeicht: {seen} von 100.</translation>
    </message>
    <message>
        <source>The model&apos;s own number, before it is put on 0–100.</source>
        <translation>Die eigene Zahl des Modells, bevor sie auf 0–100 umgerechnet wird.</translation>
    </message>
    <message>
        <source>The newer</source>
        <translation>Die neuere</translation>
    </message>
    <message>
        <source>The photos have no dates.</source>
        <translation>Die Fotos haben kein Datum.</translation>
    </message>
    <message>
        <source>The photos, with RAW, JPEG and sidecars</source>
        <translation>Die Fotos, mit RAW, JPEG und Sidecars</translation>
    </message>
    <message>
        <source>The settings cannot be saved: {why}</source>
        <translation>Die Einstellungen lassen sich nicht sichern: {why}</translation>
    </message>
    <message>
        <source>The sidecar of 1 photo could not be written yet.</source>
        <translation>Das Sidecar von 1 Foto konnte noch nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The sidecar&apos;s</source>
        <translation>Die des Sidecars</translation>
    </message>
    <message numerus="yes">
        <source>The sidecars of %n photos could not be written yet.</source>
        <translation>
            <numerusform>Das Sidecar von %n Foto konnte noch nicht geschrieben werden.</numerusform>
            <numerusform>Die Sidecars von %n Fotos konnten noch nicht geschrieben werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The verdicts themselves are safe in the library, whatever you choose here.</source>
        <translation>Die Bewertungen selbst sind in der Bibliothek sicher, gleich was Sie hier wählen.</translation>
    </message>
    <message>
        <source>Then install the head on top: sac+logos+ava1-l14-linearMSE.pth from the head&apos;s page (3,714,759 bytes), or the one-layer sa_0_4_vit_l_14_linear.pth of its predecessor, with the same `--id clip-vit-l-14-laion`.</source>
        <translation>Installieren Sie dann den Kopf dazu: sac+logos+ava1-l14-linearMSE.pth von der Seite des Kopfes (3.714.759 Bytes) oder den einschichtigen Vorgänger sa_0_4_vit_l_14_linear.pth, mit demselben `--id clip-vit-l-14-laion`.</translation>
    </message>
    <message>
        <source>There are no photos here.</source>
        <translation>Hier sind keine Fotos.</translation>
    </message>
    <message>
        <source>There are no such photos.</source>
        <translation>Solche Fotos gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no further group in this list.</source>
        <translation>In dieser Liste gibt es keine weitere Gruppe.</translation>
    </message>
    <message>
        <source>There is no second photo to compare with.</source>
        <translation>Es gibt kein zweites Foto zum Vergleichen.</translation>
    </message>
    <message>
        <source>These photos are a group of their own already.</source>
        <translation>Diese Fotos sind schon eine eigene Gruppe.</translation>
    </message>
    <message>
        <source>These ratings tell no order: taste is the generic score.</source>
        <translation>Diese Bewertungen sagen keine Reihenfolge: Als Geschmack gelten die allgemeinen Punkte.</translation>
    </message>
    <message>
        <source>This goes on with the audit of {day}.</source>
        <translation>Das setzt die Prüfung vom {day} fort.</translation>
    </message>
    <message>
        <source>This model measures the pixels: the map shows how sharp each part of the photo is at full size. The sharpest place decides its score.</source>
        <translation>Dieses Modell misst die Pixel: Die Karte zeigt, wie scharf jeder Teil des Fotos in voller Größe ist. Die schärfste Stelle entscheidet über die Punkte.</translation>
    </message>
    <message>
        <source>This photo is in no group.</source>
        <translation>Dieses Foto ist in keiner Gruppe.</translation>
    </message>
    <message>
        <source>This photo stands for its group already.</source>
        <translation>Dieses Foto steht schon für seine Gruppe.</translation>
    </message>
    <message>
        <source>This photo stands for its group now.</source>
        <translation>Dieses Foto steht jetzt für seine Gruppe.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Too few ratings to tell how well your taste agrees with you.</source>
        <translation>Zu wenige Bewertungen, um zu sagen, wie gut Ihr Geschmack getroffen ist.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Two minutes are over. Go on as long as you like, or stop.</source>
        <translation>Zwei Minuten sind um. Machen Sie weiter, solange Sie mögen, oder beenden Sie das Spiel.</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Unflagged {what}</source>
        <translation>Markierung entfernt: {what}</translation>
    </message>
    <message>
        <source>UniQA (ViT-B/16)</source>
        <translation>UniQA (ViT-B/16)</translation>
    </message>
    <message>
        <source>UniQA mini</source>
        <translation>UniQA mini</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Varied</source>
        <translation>Vielfältige</translation>
    </message>
    <message>
        <source>Verdicts can be written beside your photos as XMP sidecars for other programs.</source>
        <translation>Bewertungen lassen sich als XMP-Sidecars für andere Programme neben Ihre Fotos schreiben.</translation>
    </message>
    <message>
        <source>Version {n} counts again.</source>
        <translation>Stand {n} gilt wieder.</translation>
    </message>
    <message>
        <source>Versions, newest first</source>
        <translation>Stände, der neueste zuerst</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Warm light</source>
        <translation>Warmes Licht</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>Was zählt</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>What is in the photo? For example: sunset on the beach</source>
        <translation>Was ist auf dem Foto? Auf Englisch, zum Beispiel: sunset on the beach</translation>
    </message>
    <message>
        <source>What the model sees, relative within this folder.</source>
        <translation>Was das Modell sieht, im Vergleich innerhalb dieses Ordners.</translation>
    </message>
    <message>
        <source>What the score would have done</source>
        <translation>Was die Punkte bewirkt hätten</translation>
    </message>
    <message>
        <source>What was measured: {cues}</source>
        <translation>Gemessen: {cues}</translation>
    </message>
    <message>
        <source>What will be exported</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Which one do you like better?</source>
        <translation>Welches gefällt Ihnen besser?</translation>
    </message>
    <message>
        <source>Which photos</source>
        <translation>Welche Fotos</translation>
    </message>
    <message>
        <source>Which verdict shall count? What is taken from sidecars is one act, which Undo takes back. Whatever else a sidecar holds stays in it.</source>
        <translation>Welche Bewertung soll gelten? Was aus Sidecars übernommen wird, ist eine Handlung, die „Rückgängig“ zurücknimmt. Was sonst in einem Sidecar steht, bleibt darin.</translation>
    </message>
    <message>
        <source>Why this taste</source>
        <translation>Warum dieser Geschmack</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Without {cue}: {why}.</source>
        <translation>Ohne {cue}: {why}.</translation>
    </message>
    <message>
        <source>Words to look for</source>
        <translation>Suchworte</translation>
    </message>
    <message>
        <source>Would you keep it?</source>
        <translation>Würden Sie es behalten?</translation>
    </message>
    <message numerus="yes">
        <source>Write %n sidecars</source>
        <translation>
            <numerusform>%n Sidecar schreiben</numerusform>
            <numerusform>%n Sidecars schreiben</numerusform>
        </translation>
    </message>
    <message>
        <source>Write 1 sidecar</source>
        <translation>1 Sidecar schreiben</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Write sidecars</source>
        <translation>Sidecars schreiben</translation>
    </message>
    <message>
        <source>Write the report</source>
        <translation>Bericht schreiben</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>Geschrieben: {file}</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Ge</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Your taste</source>
        <translation>Ihr Geschmack</translation>
    </message>
    <message>
        <source>Your taste agrees with you better than the generic score does.</source>
        <translation>Ihr Geschmack trifft Ihre Bewertungen besser als die allgemeinen Punkte.</translation>
    </message>
    <message>
        <source>Your taste gives {one}, and {two} to {other}.</source>
        <translation>Ihr Geschmack gibt {one}, und {two} für {other}.</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch ein paar Sekunden</translation>
    </message>
    <message>
        <source>a little noisy</source>
        <translation>leichtes Rauschen</translation>
    </message>
    <message>
        <source>a little soft</source>
        <translation>etwas weich</translation>
    </message>
    <message numerus="yes">
        <source>about %n hours left</source>
        <translation>
            <numerusform>noch etwa %n Stunde</numerusform>
            <numerusform>noch etwa %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes left</source>
        <translation>
            <numerusform>noch etwa %n Minute</numerusform>
            <numerusform>noch etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message>
        <source>about an hour left</source>
        <translation>noch etwa eine Stunde</translation>
    </message>
    <message>
        <source>adds less than what is kept</source>
        <translation>es bringt weniger Neues als die behaltenen</translation>
    </message>
    <message>
        <source>aesthetics</source>
        <translation>Ästhetik</translation>
    </message>
    <message>
        <source>all {count} places are taken</source>
        <translation>alle {count} Plätze sind besetzt</translation>
    </message>
    <message>
        <source>attributes</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>better than {n} % of this folder</source>
        <translation>besser als {n}&#xa0;% dieses Ordners</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <source>bright</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>cannot be read: {why}</source>
        <translation>nicht lesbar: {why}</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>Beschnitt der Tonwerte</translation>
    </message>
    <message>
        <source>contrasty</source>
        <translation>kontrastreich</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>darktable</source>
        <translation>darktable</translation>
    </message>
    <message>
        <source>duplicate of {other}</source>
        <translation>es ist ein Duplikat von {other}</translation>
    </message>
    <message>
        <source>edges in focus</source>
        <translation>Kanten im Fokus</translation>
    </message>
    <message>
        <source>edges in focus: reading the full picture…</source>
        <translation>Kanten im Fokus: das volle Bild wird gelesen …</translation>
    </message>
    <message>
        <source>export</source>
        <translation>export</translation>
    </message>
    <message>
        <source>exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>flau</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>highlights burnt out</source>
        <translation>Lichter ausgefressen</translation>
    </message>
    <message>
        <source>highlights clipped</source>
        <translation>Lichter beschnitten</translation>
    </message>
    <message>
        <source>highlights clipped: {percent}</source>
        <translation>Lichter beschnitten: {percent}</translation>
    </message>
    <message>
        <source>horizon</source>
        <translation>Horizont</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installiert</translation>
    </message>
    <message>
        <source>it belongs together with frames that have no {by} score yet</source>
        <translation>es gehört zu Aufnahmen, die noch keine Punkte haben: {by}</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>es lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>it has no {by} score yet</source>
        <translation>es hat noch keine Punkte: {by}</translation>
    </message>
    <message>
        <source>its best frame cannot be told</source>
        <translation>ihr bestes Bild ist nicht zu entscheiden</translation>
    </message>
    <message>
        <source>its {frames} frames belong together, and {room} places are left</source>
        <translation>seine {frames} Aufnahmen gehören zusammen, und {room} Plätze sind frei</translation>
    </message>
    <message>
        <source>kept above the line, all photos below it</source>
        <translation>über der Linie behaltene, darunter alle Fotos</translation>
    </message>
    <message>
        <source>less burnt out</source>
        <translation>weniger ausgefressen</translation>
    </message>
    <message>
        <source>less colourful</source>
        <translation>weniger farbig</translation>
    </message>
    <message>
        <source>less contrast</source>
        <translation>weniger Kontrast</translation>
    </message>
    <message>
        <source>less noisy</source>
        <translation>weniger Rauschen</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>like {other}</source>
        <translation>es ist wie {other}</translation>
    </message>
    <message>
        <source>like {other}, lower {by}</source>
        <translation>es ist wie {other}, weniger {by}</translation>
    </message>
    <message>
        <source>lower {by}: {score}, the least kept has {least}</source>
        <translation>weniger {by}: {score}, das schwächste behaltene hat {least}</translation>
    </message>
    <message>
        <source>maybe</source>
        <translation>vielleicht</translation>
    </message>
    <message>
        <source>more burnt out</source>
        <translation>mehr ausgefressen</translation>
    </message>
    <message>
        <source>more colourful</source>
        <translation>farbiger</translation>
    </message>
    <message>
        <source>more contrast</source>
        <translation>mehr Kontrast</translation>
    </message>
    <message>
        <source>motion blur</source>
        <translation>Verwacklung</translation>
    </message>
    <message>
        <source>name with “{text}”</source>
        <translation>Name mit „{text}“</translation>
    </message>
    <message>
        <source>nearly without colour</source>
        <translation>fast ohne Farbe</translation>
    </message>
    <message>
        <source>no AF point recorded</source>
        <translation>kein AF-Punkt aufgezeichnet</translation>
    </message>
    <message>
        <source>no edge in focus</source>
        <translation>keine Kante im Fokus</translation>
    </message>
    <message>
        <source>no measured difference</source>
        <translation>kein messbarer Unterschied</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>keine Punkte</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>noisier</source>
        <translation>mehr Rauschen</translation>
    </message>
    <message>
        <source>noisy</source>
        <translation>verrauscht</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not scored</source>
        <translation>nicht ausgewertet</translation>
    </message>
    <message>
        <source>one of each group</source>
        <translation>eines je Gruppe</translation>
    </message>
    <message>
        <source>photos, by</source>
        <translation>Fotos, nach</translation>
    </message>
    <message>
        <source>pick</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>lila</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>quality {n} of 100</source>
        <translation>Qualität {n} von 100</translation>
    </message>
    <message>
        <source>raises quality +</source>
        <translation>hebt die Qualität +</translation>
    </message>
    <message>
        <source>raw {n}</source>
        <translation>roh {n}</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>ablehnen</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>report</source>
        <translation>bericht</translation>
    </message>
    <message>
        <source>resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>same burst as {other}</source>
        <translation>gleiche Serie wie {other}</translation>
    </message>
    <message>
        <source>same burst as {other}, which is left out: {why}</source>
        <translation>gleiche Serie wie {other}, das ausgelassen ist: {why}</translation>
    </message>
    <message>
        <source>search by words</source>
        <translation>Suche mit Worten</translation>
    </message>
    <message>
        <source>shadows blocked</source>
        <translation>Schatten zugelaufen</translation>
    </message>
    <message>
        <source>shadows clipped</source>
        <translation>Schatten beschnitten</translation>
    </message>
    <message>
        <source>shadows clipped: {percent}</source>
        <translation>Schatten beschnitten: {percent}</translation>
    </message>
    <message>
        <source>sharp where it matters</source>
        <translation>scharf an der richtigen Stelle</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>schärfer</translation>
    </message>
    <message>
        <source>sharpest here</source>
        <translation>hier am schärfsten</translation>
    </message>
    <message>
        <source>sharpness of the eyes</source>
        <translation>Schärfe der Augen</translation>
    </message>
    <message>
        <source>sharpness on the subject</source>
        <translation>Schärfe am Motiv</translation>
    </message>
    <message>
        <source>soft or plain</source>
        <translation>weich oder ohne Details</translation>
    </message>
    <message>
        <source>softer</source>
        <translation>weicher</translation>
    </message>
    <message>
        <source>taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>the best of this folder</source>
        <translation>das beste dieses Ordners</translation>
    </message>
    <message>
        <source>the day already has {count}</source>
        <translation>der Tag hat schon {count}</translation>
    </message>
    <message>
        <source>the lowest of this folder</source>
        <translation>das schwächste dieses Ordners</translation>
    </message>
    <message>
        <source>the place already has {count}</source>
        <translation>der Ort hat schon {count}</translation>
    </message>
    <message>
        <source>the strongest: {n} of 100</source>
        <translation>das stärkste: {n} von 100</translation>
    </message>
    <message>
        <source>unlike these {verdicts}</source>
        <translation>anders als diese: {verdicts}</translation>
    </message>
    <message>
        <source>very bright</source>
        <translation>sehr hell</translation>
    </message>
    <message>
        <source>very dark</source>
        <translation>sehr dunkel</translation>
    </message>
    <message>
        <source>vivid</source>
        <translation>leuchtend</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>{answered} of {drawn} photos judged blind: {keepers}, {rejects}</source>
        <translation>{answered} von {drawn} Fotos blind beurteilt: {keepers}, {rejects}</translation>
    </message>
    <message>
        <source>{better} is no longer preferred to {worse}</source>
        <translation>{better} wird {worse} nicht mehr vorgezogen</translation>
    </message>
    <message>
        <source>{better} is preferred to {worse}</source>
        <translation>{better} wird {worse} vorgezogen</translation>
    </message>
    <message>
        <source>{better} over {worse}</source>
        <translation>{better} vor {worse}</translation>
    </message>
    <message>
        <source>{colour} for {what}</source>
        <translation>{colour} für {what}</translation>
    </message>
    <message>
        <source>{colour} label</source>
        <translation>Farbe {colour}</translation>
    </message>
    <message>
        <source>{count} of {of} ({low}–{high})</source>
        <translation>{count} von {of} ({low}–{high})</translation>
    </message>
    <message>
        <source>{day}: {answered} judged, cost {taste} by taste, {generic} by the generic score</source>
        <translation>{day}: {answered} beurteilt, Kosten {taste} nach Geschmack, {generic} nach allgemeinen Punkten</translation>
    </message>
    <message>
        <source>{day}: {kept} of {there}</source>
        <translation>{day}: {kept} von {there}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total} MB</source>
        <translation>{done} von {total} MB</translation>
    </message>
    <message>
        <source>{done} of {total} bursts decided</source>
        <translation>{done} von {total} Serien entschieden</translation>
    </message>
    <message>
        <source>{done} · {time} left</source>
        <translation>{done} · noch {time}</translation>
    </message>
    <message>
        <source>{found} of {total} that were left out</source>
        <translation>{found} von {total} ausgelassenen</translation>
    </message>
    <message>
        <source>{frame} was left out: {why}</source>
        <translation>{frame} blieb außen vor: {why}</translation>
    </message>
    <message>
        <source>{frame} wins if {cue} counts less than {share}.</source>
        <translation>{frame} gewinnt, wenn {cue} weniger als {share} zählt.</translation>
    </message>
    <message>
        <source>{frame} wins if {cue} counts more than {share}.</source>
        <translation>{frame} gewinnt, wenn {cue} mehr als {share} zählt.</translation>
    </message>
    <message>
        <source>{group}, {n} of {total}</source>
        <translation>{group}, {n} von {total}</translation>
    </message>
    <message>
        <source>{group}: stack of {total}, closed</source>
        <translation>{group}: Stapel mit {total}, geschlossen</translation>
    </message>
    <message>
        <source>{kept} kept, {rejected} rejected. Undo takes both back.</source>
        <translation>{kept} behalten, {rejected} abgelehnt. Rückgängig nimmt beides zurück.</translation>
    </message>
    <message>
        <source>{model} knows no words, only pictures. Names can be searched.</source>
        <translation>{model} kennt keine Worte, nur Bilder. Namen lassen sich durchsuchen.</translation>
    </message>
    <message>
        <source>{name} (in use)</source>
        <translation>{name} (in Gebrauch)</translation>
    </message>
    <message>
        <source>{name}, a copy</source>
        <translation>{name}, Kopie</translation>
    </message>
    <message>
        <source>{name}: {verdict}. Show it</source>
        <translation>{name}: {verdict}. Zeigen</translation>
    </message>
    <message>
        <source>{n} photos/min</source>
        <translation>{n} Fotos/min</translation>
    </message>
    <message>
        <source>{n} photos/s</source>
        <translation>{n} Fotos/s</translation>
    </message>
    <message>
        <source>{n} stop brighter</source>
        <translation>{n} Blende heller</translation>
    </message>
    <message>
        <source>{n} stop darker</source>
        <translation>{n} Blende dunkler</translation>
    </message>
    <message>
        <source>{n} stops brighter</source>
        <translation>{n} Blenden heller</translation>
    </message>
    <message>
        <source>{n} stops darker</source>
        <translation>{n} Blenden dunkler</translation>
    </message>
    <message>
        <source>{n}: {when}, {ratings}, {model}</source>
        <translation>{n}: {when}, {ratings}, {model}</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} oder {other}</translation>
    </message>
    <message>
        <source>{other} has lost detail in {percent} % more of the picture to clipping.</source>
        <translation>{other} hat in {percent} % mehr des Bildes durch Beschnitt Zeichnung verloren.</translation>
    </message>
    <message>
        <source>{other} is {stops} stops darker.</source>
        <translation>{other} ist um {stops} Blendenstufen dunkler.</translation>
    </message>
    <message>
        <source>{percent} % less noise than {other}.</source>
        <translation>{percent} % weniger Rauschen als {other}.</translation>
    </message>
    <message>
        <source>{photos} of {total}</source>
        <translation>{photos} von {total}</translation>
    </message>
    <message>
        <source>{photos}, most alike first</source>
        <translation>{photos}, ähnlichste zuerst</translation>
    </message>
    <message>
        <source>{ratings} and {choices}, with {model}</source>
        <translation>{ratings} und {choices}, mit {model}</translation>
    </message>
    <message>
        <source>{ratings}, with {model}</source>
        <translation>{ratings}, mit {model}</translation>
    </message>
    <message>
        <source>{stars} and more</source>
        <translation>{stars} und mehr</translation>
    </message>
    <message>
        <source>{stars} for {what}</source>
        <translation>{stars} für {what}</translation>
    </message>
    <message>
        <source>{taste} counts for the photos of {folder}</source>
        <translation>{taste} gilt für die Fotos von {folder}</translation>
    </message>
    <message>
        <source>{theirs} from sidecars, {mine} as in the library</source>
        <translation>{theirs} aus Sidecars, {mine} wie in der Bibliothek</translation>
    </message>
    <message>
        <source>{times} times as many pixels along a side as {other}.</source>
        <translation>{times}-mal so viele Pixel je Seite wie {other}.</translation>
    </message>
    <message>
        <source>{times} times as sharp on the subject as {other}.</source>
        <translation>Am Motiv {times}-mal so scharf wie {other}.</translation>
    </message>
    <message>
        <source>{version} (counts)</source>
        <translation>{version} (gilt)</translation>
    </message>
    <message>
        <source>← Left</source>
        <translation>← Links</translation>
    </message>
    <message>
        <source>− lowers quality</source>
        <translation>− senkt die Qualität</translation>
    </message>
</context>
</TS>
