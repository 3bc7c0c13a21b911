"""What a reader sees of TeX: signs instead of commands, prices as they are, pieces that stay as many as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import look, tex


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        (r"up by 8.8\% on mazes", "up by 8.8% on mazes"),
        (r"a gain of 8.8\\% on mazes", "a gain of 8.8% on mazes"),
        (r"$\textbf{Maze}^2$: $\mathbf{\alpha}$-walks", "Maze²: α-walks"),
        (r"$\ell_{1}$ and $L_2$ walls", "ℓ₁ and L₂ walls"),
        (r"\(\varepsilon\)-greedy {\bf bold} \emph{turns}", "ε-greedy bold turns"),
        (r"256$\times$256 tiles, $~$78 doors, $\leq$ 3 keys", "256×256 tiles, ~78 doors, ≤ 3 keys"),
        (r"\mathcalO(n) by \textSpearman", "O(n) by Spearman"),
        (r"about $\sim 3\pm1$ doors, First\\Second", "about ~ 3±1 doors, First Second"),
        (r"$\Lambda$ and $\lambda$", "Λ and λ"),
        (
            r"takes \documentclass[12pt]{minimal} \usepackage{amsmath} \begin{document}$$\sim$$\end{document} 24 keys",
            "takes ~ 24 keys",
        ),
        ("a door for $5 and a key for $6", "a door for $5 and a key for $6"),
        ("from $5-$6 on", "from $5-$6 on"),
        (r"our \ours walks", r"our \ours walks"),
        ("snake\\_case", "snake_case"),
    ],
)
def test_commands_become_what_a_reader_sees(given: str, seen: str) -> None:
    assert tex.readable(given) == seen


@given(st.lists(st.text(st.sampled_from(r"\${}^_% $12ab×" + "\ue000"), max_size=12), min_size=1, max_size=5))
def test_pieces_stay_as_many_as_they_were(pieces: list[str]) -> None:
    assert len(tex.parts(pieces)) == len(pieces)


@given(st.text().filter(lambda text: "\\" not in text and "$" not in text))
def test_a_text_without_tex_stays(text: str) -> None:
    assert tex.readable(text) == text


def test_a_formula_may_begin_in_one_piece_and_end_in_another() -> None:
    assert tex.parts(["fewer than $", "12", "$ doors, ", "8", r"\% less"]) == [
        "fewer than ",
        "12",
        " doors, ",
        "8",
        "% less",
    ]


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        (r"3.4$\times$", "3.4×"),
        (r"$12.5\%", "$12.5%"),
        (r"88.2 $\pm$ 0.1", "88.2 ± 0.1"),
        ("$5", "$5"),
        (r"12\%$", "12%"),
    ],
)
def test_a_number_cut_out_of_a_formula(number: str, seen: str) -> None:
    assert look.printed(number, "exact") == seen
