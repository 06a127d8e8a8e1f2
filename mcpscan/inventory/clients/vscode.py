"""VS Code with Copilot: the user's file and profiles, older settings, workspaces, dev containers and extensions."""

from __future__ import annotations

from mcpscan.inventory.client import NESTED, Client, Place, Root

_OWN = (Root(("servers",)),)
_SETTINGS = (NESTED, Root(("mcp.servers",)))
_INPUTS = (("inputs", "*", "description"),)
_OLD_INPUTS = (("mcp", "inputs", "*", "description"),)
_APPROVED = (("chat.tools.autoApprove",), ("chat.tools.global.autoApprove",))
_EXTENSION = (Root(("contributes", "mcpServerDefinitionProviders")),)

CLIENT = Client(
    "VS Code",
    (
        Place("user", "{userdata}/User/mcp.json", _OWN, texts=_INPUTS),
        Place("user", "{userdata}/User/profiles/*/mcp.json", _OWN, texts=_INPUTS),
        Place("user", "{userdata}/User/settings.json", _SETTINGS, shared=True, texts=_OLD_INPUTS, grants=_APPROVED),
        Place(
            "user",
            "{userdata}/User/profiles/*/settings.json",
            _SETTINGS,
            shared=True,
            texts=_OLD_INPUTS,
            grants=_APPROVED,
        ),
        Place("project", ".vscode/mcp.json", _OWN, texts=_INPUTS),
        Place("project", ".vscode/settings.json", _SETTINGS, shared=True, texts=_OLD_INPUTS, grants=_APPROVED),
        Place(
            "project",
            "*.code-workspace",
            (Root(("settings", "mcp", "servers")), Root(("settings", "mcp.servers")), NESTED),
            shared=True,
            texts=(("settings", "mcp", "inputs", "*", "description"),),
        ),
        *(
            Place(
                "project",
                path,
                (Root(("customizations", "vscode", "mcp", "servers")), Root(("customizations", "vscode", "mcp"))),
                shared=True,
                texts=(("customizations", "vscode", "mcp", "inputs", "*", "description"),),
            )
            for path in (".devcontainer/devcontainer.json", ".devcontainer.json", ".devcontainer/*/devcontainer.json")
        ),
        *(
            Place("extension", f"~/{folder}/extensions/*/package.json", _EXTENSION, shared=True)
            for folder in (".vscode", ".vscode-insiders", ".vscode-oss", ".vscode-server")
        ),
    ),
)
