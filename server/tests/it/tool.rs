//! Programs of others that a test needs, named by the environment.

/// What a variable names; `None`, said loudly, where it names nothing, and a failure under CI.
pub(crate) fn named_by(variable: &str, otherwise: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the environment says where the tool is, and whether it must be"
    )]
    let (named, must) = (
        std::env::var(variable).ok(),
        std::env::var("CI").is_ok_and(|value| !value.is_empty()),
    );
    if named.is_none() {
        let message = format!("NOT TESTED: {variable} names nothing: {otherwise}");
        assert!(!must, "{message}");
        #[expect(
            clippy::print_stderr,
            reason = "the test runner shows it with the test"
        )]
        {
            eprintln!("{message}");
        }
    }
    named
}
