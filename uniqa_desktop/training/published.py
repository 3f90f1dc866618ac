"""Published figures, to stand beside ours on the same dataset, each with its mode and source.

All are on the whole dataset with the authors' own splits, and for UniQA the epoch was chosen on the
test part (its training files say so), so its trained figures are upper bounds. Figures of different
sources follow different protocols; those from DeQA-Score's table and the model cards are not here
for that reason. Nothing here is measured by us.

Sources: UniQA's README (github.com/zht8506/UniQA, docs/resources: tables 1–5 as pictures) and
Gamma's (github.com/zht8506/Gamma), the same author's next model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uniqa_desktop.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of the papers.

    `scale` is that of its labels in IQA-PyTorch's meta files, as UniQA's and Gamma's training files
    give it; `lower_better` whether a low label is a good one; `names` what people call it.
    """

    id: str
    title: str
    names: tuple[str, ...]
    scale: tuple[float, float]
    lower_better: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """One published result. `mode` is `trained`, `zero-shot`, or `few-50` and so on."""

    method: str
    mode: str
    srcc: float | None
    plcc: float | None
    source: str


DATASETS: tuple[Dataset, ...] = (
    Dataset("koniq", "KonIQ-10k", ("koniq-10k", "koniq10k"), (0, 100)),
    Dataset("clive", "LIVE in the Wild (CLIVE)", ("livec", "live-c", "livechallenge"), (0, 100)),
    Dataset("kadid", "KADID-10k", ("kadid-10k", "kadid10k"), (1, 5)),
    Dataset("spaq", "SPAQ", (), (0, 100)),
    Dataset("tid2013", "TID2013", (), (0, 9)),
    Dataset("csiq", "CSIQ", (), (0, 1), lower_better=True),
    Dataset("live", "LIVE", ("liveiqa",), (1, 100), lower_better=True),
    Dataset("agiqa3k", "AGIQA-3K", ("agiqa-3k",), (0, 5)),
    Dataset("ava", "AVA", (), (0, 10)),
    Dataset("aadb", "AADB", (), (0, 1)),
)

_IQA = "UniQA README, table 1"
_AVA = "UniQA README, table 2"
_AADB = "UniQA README, table 3"
_ZERO = "UniQA README, table 4; rivals trained on FLIVE"
_FEW = "UniQA README, table 5"
_GAMMA_TABLE = "Gamma README, table 1"
_GAMMA = "Gamma README; trained on 12 datasets together (†: with scene prompts, -T: per task)"

# A method, then SRCC/PLCC for each dataset named in the first line; "-": not published.
_TRAINED = (
    (
        _IQA,
        """
        method      tid2013    csiq       kadid      clive      koniq      spaq
        WaDIQaM     .835/.855  .852/.844  .739/.752  .682/.671  .804/.807  .840/.845
        DBCNN       .816/.865  .946/.959  .851/.856  .851/.869  .875/.884  .911/.915
        MetaIQA     .856/.868  .899/.908  .762/.775  .802/.835  .850/.887  -
        PaQ-2-PiQ   .862/.856  .899/.902  .840/.849  .844/.842  .872/.885  -
        HyperIQA    .840/.858  .923/.942  .852/.845  .859/.882  .906/.917  .911/.915
        TReS        .863/.883  .922/.942  .859/.858  .846/.877  .915/.928  -
        MUSIQ       .773/.815  .871/.893  .875/.872  .702/.746  .916/.928  .918/.921
        DACNN       .871/.889  .943/.957  .905/.905  .866/.884  .901/.912  .915/.921
        DEIQT       .892/.908  .946/.963  .889/.887  .875/.894  .921/.934  .919/.923
        LIQE        -          .936/.939  .930/.931  .904/.911  .919/.908  -
        Re-IQA      .804/.861  .947/.960  .872/.885  .840/.854  .914/.923  .918/.925
        LoDA        .869/.901  -          .931/.936  .876/.899  .932/.944  .925/.928
        Q-Align     -          .915/.936  .869/.927  .931/.921  .935/.934  -
        UniQA       .916/.931  .963/.973  .940/.943  .890/.905  .933/.941  .924/.928""",
    ),
    (
        _AVA,
        """
        method   ava
        NIMA     .612/.636
        MaxViT   .708/.745
        APM      .709/-
        MUSIQ    .726/.738
        MLSP     .756/.757
        TANet    .758/.765
        MILNet   .732/.753
        EAT      .759/.77
        VILA     .774/.774
        UniQA    .776/.776""",
    ),
    (
        _AADB,
        """
        method   aadb
        NIMA     .708/.711
        MLSP     .725/.726
        MUSIQ    .706/.712
        PA-IAA   .720/.728
        HIAA     .739/-
        TANet    .738/.737
        Celona   .757/.762
        TAVAR    .761/.763
        UniQA    .786/.787""",
    ),
    (
        _GAMMA_TABLE,
        """
        method   live
        UniQA    .981/.983""",
    ),
    (
        _GAMMA,
        """
        method   clive      koniq      spaq       ava        aadb
        Gamma    .851/.871  .940/.949  .923/.928  .740/.737  .742/.743
        Gamma†   .891/.914  .939/.950  .929/.932  .750/.749  .756/.755
        Gamma-T  .899/.921  .945/.952  .928/.931  .785/.784  .793/.798""",
    ),
    (
        _GAMMA,
        """
        method   kadid      csiq       tid2013    agiqa3k
        Gamma†   .962/.964  .960/.968  .935/.941  .887/.923""",
    ),
)
_ZERO_SHOT = """
        method            clive  koniq  agiqa3k
        DBCNN             .724   .716   .645
        PaQ-2-PiQ         .738   .755   .502
        HyperIQA          .735   .758   .629
        TReS              .740   .713   .646
        DEIQT             .781   .733   -
        CLIP_(ensemble)   .746   .592   .646
        UniQA_(base)      .638   .667   .744
        UniQA_(ensemble)  .790   .806   .752"""
# SRCC with 50/100/200 labels.
_FEW_LABELS = """
        method            clive           koniq           live
        HyperIQA          .648/.725/.790  .615/.710/.776  .892/.912/.929
        TReS              .670/.751/.799  .713/.719/.791  .901/.927/.957
        ResNet50          .576/.611/.636  .635/.670/.707  .871/.906/.922
        CLIP              .664/.721/.733  .736/.770/.782  .896/.923/.941
        CONTRIQUE         .695/.729/.761  .733/.794/.821  .891/.922/.943
        CLIPIQA           .646/.611/.642  .579/.620/.667  .633/.724/.784
        Re-IQA            .591/.621/.701  .685/.723/.754  .884/.894/.929
        DEIQT             .667/.718/.812  .638/.682/.754  .920/.942/.955
        GRepQ             .760/.791/.822  .812/.832/.855  .926/.937/.953
        UniQA             .813/.836/.850  .772/.842/.870  .962/.956/.974
        UniQA_(ensemble)  .828/.849/.853  .844/.860/.876  .963/.958/.976"""
_FEW_COUNTS = (50, 100, 200)


def dataset(name: str) -> Dataset:
    """The dataset that people call `name`.

    Raises:
        WrongUse: it is none of the papers'.
    """
    wanted = name.lower()
    for row in DATASETS:
        if wanted in (row.id, row.title.lower(), *row.names):
            return row
    raise WrongUse(
        f"There are no published figures for a dataset {name!r} here (known: "
        f"{', '.join(row.id for row in DATASETS)})."
    )


def figures(of: Dataset) -> list[Published]:
    """All published figures on a dataset: trained, zero-shot, then few labels."""
    found = []
    for source, table in _TRAINED:
        for method, cell in _column(table, of.id):
            srcc, plcc = (_number(part) for part in cell.split("/"))
            found.append(Published(method, "trained", srcc, plcc, source))
    for method, cell in _column(_ZERO_SHOT, of.id):
        found.append(Published(method, "zero-shot", _number(cell), None, _ZERO))
    for method, cell in _column(_FEW_LABELS, of.id):
        for count, part in zip(_FEW_COUNTS, cell.split("/"), strict=True):
            found.append(Published(method, f"few-{count}", _number(part), None, _FEW))
    return found


def _column(table: str, wanted: str) -> Iterator[tuple[str, str]]:
    """Method and cell for each row of a table that has something on that dataset."""
    header, *rows = (line.split() for line in table.strip().splitlines())
    if wanted in header:
        at = header.index(wanted)
        for row in rows:
            if row[at] != "-":
                yield row[0].replace("_", " "), row[at]


def _number(cell: str) -> float | None:
    return None if cell == "-" else float(cell)
