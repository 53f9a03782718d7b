"""An import contract of our own: a room's outer modules belong to that room alone."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModulesContract(Contract):
    """Modules of the given names, in any room, are imported by their own room only."""

    type_name = "private"
    root = fields.StringField()
    names = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find every import of a private module from another room."""
        broken = []
        for module in sorted(graph.modules):
            parts = module.split(".")
            if len(parts) < 3 or parts[0] != self.root or parts[2] not in self.names:
                continue
            room = ".".join(parts[:2])
            broken += [
                (importer, module)
                for importer in sorted(graph.find_modules_that_directly_import(module))
                if not importer.startswith(f"{room}.")
            ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: Any) -> None:
        """Name each import that must go."""
        for importer, module in check.metadata["broken"]:
            output.print_error(f"- {importer} -> {module}")
