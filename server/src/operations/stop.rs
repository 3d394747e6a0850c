//! A calm stop: the first signal lets running requests end, the second one waits for nobody.

use actix_web::dev::ServerHandle;
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use futures_util::future::{Either, select};

/// What shells and service managers take for an end by a signal.
const STOPPED_AT_ONCE: i32 = 130;

/// Waits for signals and stops the servers.
///
/// # Errors
/// Where the system lets nobody wait for signals.
pub(crate) fn stop_on_signals(servers: Vec<ServerHandle>) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    drop(actix_web::rt::spawn(async move {
        next_of(&mut terminate, &mut interrupt).await;
        tracing::warn!("told to stop: running requests are finished first");
        let stopping = servers.into_iter().map(|server| server.stop(true));
        let stopping: Vec<_> = stopping.map(actix_web::rt::spawn).collect();
        next_of(&mut terminate, &mut interrupt).await;
        tracing::warn!("told to stop again: nothing is waited for");
        drop(stopping);
        std::process::exit(STOPPED_AT_ONCE);
    }));
    Ok(())
}

async fn next_of(one: &mut Signal, other: &mut Signal) {
    match select(Box::pin(one.recv()), Box::pin(other.recv())).await {
        Either::Left(_) | Either::Right(_) => {}
    }
}
