//! Seats over SSH, from outside: a real host, real clients, honest ones and others.

#[cfg(feature = "ssh")]
mod client;
#[cfg(feature = "ssh")]
mod control;
#[cfg(feature = "ssh")]
mod entering;
#[cfg(feature = "ssh")]
mod exercise;
#[cfg(feature = "ssh")]
mod hosted;
#[cfg(feature = "ssh")]
mod hostile;
#[cfg(feature = "ssh")]
mod killed;
#[cfg(feature = "ssh")]
mod openssh;
#[cfg(feature = "ssh")]
mod playing;
#[cfg(feature = "ssh")]
mod refused;
#[cfg(feature = "ssh")]
mod terminal;

#[cfg(not(feature = "ssh"))]
#[test]
fn a_build_without_ssh_says_how_to_get_one_with_it() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_offramp"));
    let output = command.args(["host", "august-2015"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).expect("text"),
        "error: 'august-2015' cannot be served at 127.0.0.1:2222: this offramp was built without SSH; build it with \
         `--features ssh`\n"
    );
}
