"""Every text of the window, found by reading its source.

A text is found where it is given to `tr`, `say`, `count`, `translated` or `QCoreApplication.
translate`, also by way of a table (`say(FLAGS[flag])`); those of the tables of commands and of
models, and of the modules that make sentences without knowing Qt, are taken from there. A text that
reaches a translator on a way that is not understood here is an error: it would stay English unseen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "uniqa_desktop"

_CONTEXTS = {"say": "words", "translated": "Command", "_tr": "app"}
"""The context of what is given to these functions."""
_PLAIN = ("describing", "differing")
"""Modules without Qt whose sentences the window translates: every text that they return, yield,
keep in a table or give to `say`."""
_OF_MODELS = ("title", "summary", "step")
"""What is said of the table of models, whose texts are taken from it."""
_REASONS = PACKAGE / "best" / "reasons.py"
_PASS_ON = ("say", "count", "translated")
"""Functions of the window that only pass on what they were given."""


@dataclass(frozen=True, order=True)
class Text:
    """One translatable text; `plural` if it has `%n` and so a form for each number."""

    context: str
    source: str
    plural: bool = False


class UnknownText(Exception):
    """A text whose words cannot be found by reading the source."""


def collect() -> list[Text]:
    """Every text of the window, sorted.

    Raises:
        UnknownText: a translator is given something that is not understood; the message has a line
            for each.
    """
    files = [*(PACKAGE / "gui").rglob("*.py"), *(PACKAGE / f"{name}.py" for name in _PLAIN)]
    modules = {_dotted(file): Module(file) for file in sorted(files)}
    found: set[Text] = {*_commands(), *_models(), *_reasons()}
    unknown: list[str] = []
    for module in modules.values():
        found.update(module.texts(modules))
        unknown += module.unknown
    if unknown:
        raise UnknownText("\n".join(unknown))
    return sorted(text for text in found if text.source.strip())


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _commands() -> Iterator[Text]:
    from uniqa_desktop.gui.actions import COMMANDS
    from uniqa_desktop.gui.language import LANGUAGES

    for command in COMMANDS:
        for text in (command.text, command.menu, command.submenu):
            if text and text not in LANGUAGES.values():
                yield Text("Command", text)


def _models() -> Iterator[Text]:
    from uniqa_desktop.weights import MODELS

    for row in MODELS:
        for text in (row.title, row.licence.summary, *row.steps):
            yield Text("words", text)


def _reasons() -> Iterator[Text]:
    """The sentences of best of burst, and what its cues are called."""
    from uniqa_desktop.best.cues import CUES

    tree = ast.parse(_REASONS.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in notes and text.endswith((".", "}")):
            yield Text("words", text)
    for cue in CUES:
        yield Text("words", cue.title)


class Module:
    """One source file and the texts in it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tree = ast.parse(file.read_text(encoding="utf-8"))
        self.unknown: list[str] = []
        self._open: list[tuple[ast.AST, str]] = []
        self.tables: dict[str, ast.expr] = {}
        self.imports: dict[str, tuple[str, str]] = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.tables[node.targets[0].id] = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                if node.value is not None:
                    self.tables[node.target.id] = node.value
            elif isinstance(node, ast.ImportFrom) and node.module:
                for name in node.names:
                    self.imports[name.asname or name.name] = (node.module, name.name)

    def texts(self, modules: dict[str, Module]) -> Iterator[Text]:
        """The texts of this file; those not understood are in `unknown` afterwards."""
        self._modules = modules
        if self.file.stem in _PLAIN:
            yield from (Text("words", text) for text in self._plain())
        else:
            yield from self._visit(self.tree, "", self.tree)

    def _visit(self, node: ast.AST, inside: str, scope: ast.AST) -> Iterator[Text]:
        if isinstance(node, ast.ClassDef):
            inside = node.name
        elif isinstance(node, ast.FunctionDef):
            scope = node
        elif isinstance(node, ast.Call) and getattr(scope, "name", "") not in _PASS_ON:
            yield from self._call(node, inside, scope)
        for child in ast.iter_child_nodes(node):
            yield from self._visit(child, inside, scope)

    def _call(self, call: ast.Call, inside: str, scope: ast.AST) -> Iterator[Text]:
        name, owner = _called(call)
        if name == "tr" and owner == "self":
            yield from self._given(call, call.args[0], inside, scope)
        elif name == "translated" and isinstance(call.args[0], (ast.Attribute, ast.Name)):
            return  # of the table of commands, which `_commands` gives
        elif name == "say" and _last_name(call.args[0]) in _OF_MODELS:
            return  # of the table of models, which `_models` gives, or of cues
        elif name == "say" and ast.unparse(call.args[0]) == "reason.text":
            return  # of best of burst, which `_reasons` gives
        elif name in _CONTEXTS and owner in ("", "words"):
            yield from self._given(call, call.args[0], _CONTEXTS[name], scope)
        elif name == "count" and self._is_words(owner):
            first = call.args[0]
            pair = (
                [ast.Subscript(first.value, ast.Constant(place)) for place in (0, 1)]
                if isinstance(first, ast.Starred)
                else call.args[:2]
            )
            for node, plural in zip(pair, (False, True), strict=True):
                yield from self._given(call, node, "words", scope, plural)
        elif name == "translate" and owner == "QCoreApplication" and len(call.args) > 1:
            context = call.args[0]
            assert isinstance(context, ast.Constant), ast.unparse(call)
            if getattr(scope, "name", "") not in _CONTEXTS:
                yield from self._given(
                    call, call.args[1], str(context.value), scope, len(call.args) > 3
                )

    def _is_words(self, owner: str) -> bool:
        """Whether `count` is the one of `words`, not a list's."""
        ours = ("uniqa_desktop.gui.words", "count")
        own = self.file.name == "words.py"
        return owner == "words" or (not owner and (own or self.imports.get("count") == ours))

    def _given(
        self, call: ast.Call, node: ast.expr, context: str, scope: ast.AST, plural: bool = False
    ) -> Iterator[Text]:
        found = _texts_of(self._values(node, scope))
        if found is None or not found:
            where = f"{self.file.relative_to(ROOT)}:{call.lineno}"
            self.unknown.append(f"{where}: which texts are these? {ast.unparse(call)[:80]}")
        for text in found or ():
            yield Text(context, text, plural)

    def _values(self, node: ast.expr, scope: ast.AST) -> list[ast.expr]:
        """The expressions that an expression stands for: through tables, names and choices."""
        match node:
            case ast.IfExp(body=body, orelse=orelse):
                return self._values(body, scope) + self._values(orelse, scope)
            case ast.Name(id=name):
                return self._named(name, scope)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in self.imports:
                module = self._modules.get(".".join(self.imports[owner]))
                return [module.tables[name]] if module and name in module.tables else [node]
            case ast.Subscript(value=whole, slice=index):
                return [
                    value
                    for table in self._values(whole, scope)
                    for item in _items(table, index)
                    for value in self._values(item, scope)
                ]
            case ast.Call(func=ast.Attribute(value=whole, attr="get"), args=[key, *default]):
                found = self._values(ast.Subscript(whole, key), scope)
                return found + [value for value in default if isinstance(value, ast.Constant)]
            case ast.Call(func=ast.Attribute(value=whole, attr="items"), args=[]):
                return [
                    ast.Tuple([ast.Tuple([key, value]) for key, value in _pairs(table)])
                    for table in self._values(whole, scope)
                ]
            case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp(elt=item), *_]):
                return self._values(item, scope)
        return [node]

    def _named(self, name: str, scope: ast.AST) -> list[ast.expr]:
        """What a name stands for: where this function gives it a value, else a table at the top of
        this module or of one that it imports."""
        found: list[ast.expr] = []
        own = (scope, name)
        inside = isinstance(scope, ast.FunctionDef) and own not in self._open
        self._open.append(own)  # `text = text.strip()` is no news of what text is
        for node in ast.walk(scope) if inside else ():
            if isinstance(node, ast.Assign):
                found += self._bound(node.targets[0], name, node.value, scope)
            elif isinstance(node, (ast.For, ast.comprehension)):
                for table in self._values(node.iter, scope):
                    for item in _items(table, None):
                        found += self._bound(node.target, name, item, scope)
        self._open.pop()
        if found:
            return found
        if name in self.imports:
            module = self._modules.get(self.imports[name][0])
            name = self.imports[name][1]
        else:
            module = self
        return [module.tables[name]] if module and name in module.tables else [ast.Name(name)]

    def _bound(
        self, target: ast.expr, name: str, value: ast.expr, scope: ast.AST
    ) -> list[ast.expr]:
        """The part of `value` that `target` gives to `name`."""
        match target:
            case ast.Name(id=own) if own == name:
                return [value] if isinstance(value, ast.Name) else self._values(value, scope)
            case ast.Tuple(elts=parts):
                for place, part in enumerate(parts):
                    if isinstance(part, ast.Name) and part.id == name:
                        return self._values(ast.Subscript(value, ast.Constant(place)), scope)
        return []

    def _plain(self) -> Iterator[str]:
        """The texts of a module without Qt."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from _returned(node.value)
            elif isinstance(node, ast.Call) and _called(node)[0] == "say":
                yield from _returned(node.args[0])
            elif isinstance(node, ast.List):
                yield from (text for item in node.elts for text in _returned(item))
        for table in self.tables.values():
            if isinstance(table, (ast.Dict, ast.Constant)):
                yield from _constants(table)


def _called(call: ast.Call) -> tuple[str, str]:
    """The name that is called and, before its dot, on what."""
    match call.func:
        case ast.Name(id=name):
            return name, ""
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return name, owner
    return "", ""


def _last_name(node: ast.expr) -> str:
    """`title` of `row.title`, and of `title`."""
    return getattr(node, "attr", getattr(node, "id", ""))


def _returned(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return _returned(body) + _returned(orelse)
    return []


def _constants(node: ast.expr) -> list[str]:
    """The texts of a table, however deep: of a dict its values."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [text for item in _items(node, None) for text in _constants(item)]


def _items(table: ast.expr, index: ast.expr | None) -> list[ast.expr]:
    """The values of a literal table: all of them, or the one at a number."""
    match table:
        case ast.Dict(values=values):
            return list(values)
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            place = index.value if isinstance(index, ast.Constant) else None
            if isinstance(place, int):
                return [items[place]] if place < len(items) else []
            return list(items)
        case ast.Call(args=args):
            return [item for arg in args for item in _items(arg, index)]
    return []


def _pairs(table: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(table, ast.Dict):
        return [(key, value) for key, value in zip(table.keys, table.values, strict=True) if key]
    return [pair for arg in getattr(table, "args", ()) for pair in _pairs(arg)]


def _texts_of(values: list[ast.expr]) -> list[str] | None:
    """The texts of constants and of tables of them; `None` where something else is among them."""
    found: list[str] = []
    for value in values:
        if isinstance(value, ast.Constant):
            found += [value.value] if isinstance(value.value, str) else []
        elif inner := _items(value, None):
            below = _texts_of(inner)
            if below is None:
                return None
            found += below
        else:
            return None
    return found
