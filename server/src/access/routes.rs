//! The registry of paths: none is registered without its demand.

use actix_web::body::BoxBody;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, Handler, Resource, Responder, Route, dev, web};

use super::{Demand, guard};

/// Paths with what each demands.
#[derive(Default)]
pub struct Routes {
    listed: Vec<Listed>,
}

struct Listed {
    method: Method,
    path: &'static str,
    demand: Demand,
    route: Route,
}

impl Routes {
    /// Answers GET on a path.
    pub fn get<F, Args>(&mut self, path: &'static str, demand: Demand, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::GET, (path, demand), web::get().to(handler))
    }

    /// Answers POST on a path.
    pub fn post<F, Args>(&mut self, path: &'static str, demand: Demand, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::POST, (path, demand), web::post().to(handler))
    }

    /// Answers a method on a path with a route that has its own guards.
    pub(crate) fn add(
        &mut self,
        method: Method,
        (path, demand): (&'static str, Demand),
        route: Route,
    ) -> &mut Self {
        let guarded = move |request: dev::ServiceRequest, next: Next<BoxBody>| {
            guard::pass(demand, request, next)
        };
        self.listed.push(Listed {
            method,
            path,
            demand,
            route: route.wrap(from_fn(guarded)),
        });
        self
    }

    /// Method, path and demand of every route, in the order registered.
    #[must_use]
    pub fn demands(self) -> Vec<(Method, &'static str, Demand)> {
        let listed = self.listed.into_iter();
        listed
            .map(|one| (one.method, one.path, one.demand))
            .collect()
    }

    /// Registers the paths. One that is asked with another method answers 405, or what `otherwise` adds for it.
    pub(crate) fn register(
        self,
        app: &mut web::ServiceConfig,
        otherwise: impl Fn(&str, Resource) -> Resource,
    ) {
        let mut resources: Vec<(&'static str, Resource)> = Vec::new();
        for one in self.listed {
            let place = resources.iter().position(|(path, _)| *path == one.path);
            let (path, resource) = match place {
                Some(place) => resources.remove(place),
                None => (one.path, web::resource(one.path)),
            };
            let place = place.unwrap_or(resources.len());
            resources.insert(place, (path, resource.route(one.route)));
        }
        for (path, resource) in resources {
            app.service(otherwise(path, resource));
        }
    }
}
