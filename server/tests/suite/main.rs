//! The server from outside: its answers, and the program.

mod answers;
mod program;
mod support;
