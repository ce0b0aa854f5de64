//! Seats over SSH, from outside: a real host, real clients, honest ones and others.

mod client;
mod control;
mod entering;
mod exercise;
mod hosted;
mod hostile;
mod killed;
mod openssh;
mod playing;
mod refused;
mod terminal;
