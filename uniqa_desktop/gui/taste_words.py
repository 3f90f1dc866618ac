"""What the card of a taste says, in sentences of the window. Cards are those of `taste_card`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uniqa_desktop.gui.words import count, locale, say

BETTER = "better than the generic score"
OPEN = "not yet distinguishable"
"""The verdicts of a card; any other one means that there are too few ratings."""
CUES = {
    "sharpness": "Sharpness",
    "brightness": "Brightness",
    "contrast": "Contrast",
    "colorfulness": "Colorfulness",
    "noisiness": "Noisiness",
    "warmth": "Warm light",
    "clipped shadows": "Clipped shadows",
    "clipped highlights": "Clipped highlights",
}
"""The cues of `taste.space.CUES` as the window calls them."""
Card = Mapping[str, Any]


def share(value: float) -> str:
    """A share or a correlation to two decimals, as the user's country writes it: `0.78`."""
    return locale().toString(float(value), "f", 2).replace("-", "\N{MINUS SIGN}")


def interval(estimate: Mapping[str, float | None]) -> str:
    """`0.78 (0.71–0.85)`; a dash where there is no figure."""
    value, low, high = estimate["value"], estimate["low"], estimate["high"]
    if value is None:
        return "–"
    if low is None or high is None:
        return share(value)
    return f"{share(value)} ({share(low)}–{share(high)})"


def basis(card: Card) -> str:
    """What it was learned from."""
    ratings = count("1 rating", "%n ratings", card["n"])
    if card["pairs"]:
        choices = count("1 choice", "%n choices", card["pairs"])
        text = say("{ratings} and {choices}, with {model}")
        return text.format(ratings=ratings, choices=choices, model=card["model"])
    return say("{ratings}, with {model}").format(ratings=ratings, model=card["model"])


def verdict(card: Card) -> str:
    """How good it is, in one sentence that promises nothing."""
    if card["verdict"] == BETTER:
        return say("Your taste agrees with you better than the generic score does.")
    if card["verdict"] == OPEN:
        return say("Not yet distinguishable: your taste may be no better than the generic score.")
    return say("Too few ratings to tell how well your taste agrees with you.")


def held_out(card: Card) -> str:
    """What the figures are about."""
    found = card["held_out"]
    if found is None:
        return ""
    photos = count("1 rated photo", "%n rated photos", found["photos"])
    text = say(
        "Share of pairs put in your order, on {photos} that were held out of the learning, with "
        "95 % intervals. 0.5 is chance."
    )
    return text.format(photos=photos)


def correlation(card: Card) -> str:
    """Spearman's correlation with the held-out ratings, both scores."""
    if card["held_out"] is None:
        return ""
    text = say("Rank correlation: your taste {taste}, generic score {generic}.")
    return text.format(
        taste=interval(card["held_out"]["spearman"]), generic=interval(card["generic"]["spearman"])
    )


def more(card: Card) -> str:
    """How many more ratings would help."""
    if card["more"] is None:
        return (
            "" if card["held_out"] is None else say("More ratings would hardly change the order.")
        )
    ratings = count("1 more rating", "%n more ratings", card["more"]["ratings"])
    text = say("About {ratings} would let {percent} % of all pairs of photos change places.")
    return text.format(ratings=ratings, percent=round(100 * card["more"]["pairs_changed"]))


def calibration(card: Card) -> str:
    """How often its stated doubts were right."""
    found = card["calibration"]
    if found is None or found["within_50"] is None:
        return ""
    text = say(
        "Its doubts: of held-out ratings {half} % lay where it was 50 % sure, {most} % where it "
        "was 95 % sure."
    )
    half, most = round(100 * found["within_50"]), round(100 * found["within_95"])
    return text.format(half=half, most=most)


def notes(card: Card) -> list[str]:
    """What else the person should know, a sentence each."""
    found = []
    if card["without_features"]:
        found.append(
            count(
                "1 rated photo has no features of this model: score it first.",
                "%n rated photos have no features of this model: score them first.",
                card["without_features"],
            )
        )
    if card["suggestions_left_out"]:
        found.append(
            count(
                "1 accepted suggestion does not count.",
                "%n accepted suggestions do not count.",
                card["suggestions_left_out"],
            )
        )
    if card["version"] is None:
        found.append(say("Nothing was learned with this model yet."))
    elif card["n"] + card["pairs"] == 0:
        found.append(say("Nothing was rated yet: taste is the generic score."))
    elif card["method"] == "generic":
        found.append(say("These ratings tell no order: taste is the generic score."))
    if card["version"] is not None and not card["up_to_date"]:
        found.append(say("Ratings came in since, or the model was changed: learn now."))
    return found


def curve(card: Card) -> str:
    """The learning curve in words, for screen readers."""
    points = [
        f"{point['ratings']}: {share(point['pairwise_accuracy'])}"
        for point in card["learning_curve"]
        if point["pairwise_accuracy"] is not None
    ]
    if not points:
        return say("No learning curve yet.")
    return say("Learning curve, ratings and share of pairs in your order: {points}").format(
        points=", ".join(points)
    )
