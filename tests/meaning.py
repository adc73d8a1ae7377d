"""What a generated module does, without what it only tells: to compare modules of documents that mean the same."""

from __future__ import annotations

import ast

__all__ = ["meaning"]


def meaning(source: str) -> str:
    """The module without its docstring, comments and layout, and without what errors quote of conditions."""
    tree = ast.parse(source)
    del tree.body[0]
    return ast.unparse(_Silencer().visit(tree))


class _Silencer(ast.NodeTransformer):
    """Takes the texts of criteria, and the operands shown with them, out of what is raised."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "StepFailed":
            node.args, node.keywords = node.args[:1], []
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        target, *_ = node.targets
        if isinstance(target, ast.Name) and target.id == "unmet":
            node.value = ast.Constant("")
        return node
