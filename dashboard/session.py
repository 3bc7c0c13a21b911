"""The address that a session's page is drawn from, and what of all that a browser says is a choice of the reader.

A browser sends the address that it shows and what all its controls hold with everything that it has to say, every few
seconds even where nobody does anything. While the answer to a choice is on its way to it, that is what was true before.
So callbacks go by the page that the server drew last, and a control that was given another value, or is gone, is heard
no more.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import views
from dashboard.state import State, read, write

DRAWN: Final = "address-drawn"
"""Where a session keeps the state that its page was last drawn from, or that a callback has chosen since."""


SHOWN: Final = "controls-shown"
"""Where a session keeps the keys of the controls on its page: those of the last whole run, and what came since."""

DRAWING: Final = "controls-drawing"
"""Where it keeps those that the run at hand has drawn."""


def asked() -> State:
    """The state that the address says which the browser sent along."""
    return read({name: st.query_params.get_all(name) for name in st.query_params}, tuple(views.pages()))


def begin() -> State:
    """The state that the page is drawn from, at the start of a run of its script."""
    state = st.session_state[DRAWN] = asked()
    st.session_state[DRAWING] = set()
    return state


def end() -> None:
    """Forget the controls that the page no longer has, at the end of a run of its script."""
    st.session_state[SHOWN] = st.session_state[DRAWING]


def draws(key: str, instead: str = "") -> str:
    """Note that the page has a control of this key, and none that it had `instead`; returns the key."""
    st.session_state.setdefault(SHOWN, set()).add(key)
    st.session_state[SHOWN].discard(instead)
    st.session_state[DRAWING].add(key)
    return key


def shows(key: str) -> bool:
    """Whether the page has a control of this key: only then is what it holds a choice; for callbacks."""
    return key in st.session_state.get(SHOWN, ())


def control(name: str, value: object) -> str:
    """The key of a control that shows `value`: a new one where the control held something else."""
    counter = f"{name}-turn"
    turn = st.session_state.setdefault(counter, 0)
    key = before = f"{name}-{turn}" if turn else name
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[counter] = turn + 1
        key = f"{name}-{turn + 1}"
    st.session_state[key] = value
    return draws(key, instead="" if key == before else before)


def current() -> State:
    """The state that the reader acts on, for callbacks.

    Not the address that the browser sent along: who acts before the last answer has come sends the one before it, and
    what was chosen first would be lost.
    """
    state: State = st.session_state[DRAWN]
    return state


def go(state: State) -> None:
    """Make `state` the address; for callbacks, which run before the page is drawn again."""
    st.query_params.from_dict(write(state))
    st.session_state[DRAWN] = state


def stay() -> None:
    """Keep the address that the reader acts on; for callbacks of what changes nothing in it."""
    if asked() != current():
        go(current())
