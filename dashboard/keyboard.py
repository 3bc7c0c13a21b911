"""Tables by keyboard: arrow keys only move, Enter opens what they have come to.

A table tells the server of every cell that is selected, by the mouse or by the way, so that moving through it would
open one claim after the other and take the focus away each time. Streamlit has no setting for that; the script here
holds back what moving has to tell until the reader presses Enter. Without the script, or where Streamlit changes what
it relies on, tables work as they do by themselves.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

SCRIPT: Final = """
<script>
(() => {
  if (window.arrowKeysOnlyMove) return;
  window.arrowKeysOnlyMove = true;
  const MOVES = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Tab"];
  const WAIT = 150;  // milliseconds after which Streamlit tells the server of a selection
  let moving = null;  // the table in which a key moves, while all that listens hears of it
  let held = null;    // what the last move would have told, and in which table
  const schedule = window.setTimeout;
  window.setTimeout = (tell, wait, ...rest) => {
    if (!moving || wait !== WAIT) return schedule(tell, wait, ...rest);
    held = {table: moving, tell};
    return 0;
  };
  window.addEventListener("keydown", event => {
    const table = event.target.closest?.("[data-testid=stDataFrame]");
    if (!table) return;
    moving = MOVES.includes(event.key) ? table : null;  // the key before may still be on its way
    if (moving) {
      schedule(() => { moving = null; }, 0);
    } else if (held?.table === table && (event.key === "Enter" || event.key === " " && !event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      held.tell();
      held = null;
    } else {
      held = null;
    }
  }, true);
})();
</script>
"""
"""A constant: no word of a paper and nothing that a reader typed is ever part of a script."""


def install() -> None:
    """Let the page's tables take arrow keys as moves; once for as long as the page is open."""
    st.html(SCRIPT, unsafe_allow_javascript=True)
