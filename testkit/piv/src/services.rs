//! What the authenticator builds on: beside its core, services for PINs (`Auth`) and for files and keys (`Staging`).

use trussed::backend::{Backend as _, BackendId};
use trussed::platform::Platform;
use trussed::serde_extensions::{ExtensionDispatch, ExtensionId, ExtensionImpl};
use trussed::service::ServiceResources;
use trussed::types::Context;
use trussed::virt::{self, Client, StoreConfig};
use trussed_auth::AuthExtension;
use trussed_auth_backend::{AuthBackend, AuthContext, FilesystemLayout};
use trussed_chunked::ChunkedExtension;
use trussed_core::Error;
use trussed_core::api::{Reply, Request, reply, request};
use trussed_core::types::{Bytes, Location};
use trussed_hpke::HpkeExtension;
use trussed_staging::{StagingBackend, StagingContext};
use trussed_wrap_key_to_file::WrapKeyToFileExtension;

/// Whom a card asks.
pub(crate) type CardClient<'a> = Client<'a, Services>;

/// Runs `body` with services that keep everything in memory.
pub(crate) fn with_client<R>(body: impl FnOnce(CardClient<'_>) -> R) -> R {
    const ORDER: &[BackendId<Service>] =
        &[BackendId::Custom(Service::Staging), BackendId::Custom(Service::Auth), BackendId::Core];
    virt::with_platform(StoreConfig::ram(), |platform| {
        platform.run_client_with_backends("piv", Services::new(), ORDER, body)
    })
}

/// A service beside the core.
#[derive(Clone, Copy)]
pub(crate) enum Service {
    Auth,
    Staging,
}

/// What a service adds to the core.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Extension {
    Auth,
    Chunked,
    Hpke,
    WrapKeyToFile,
}

impl From<Extension> for u8 {
    fn from(extension: Extension) -> Self {
        extension as Self
    }
}

impl TryFrom<u8> for Extension {
    type Error = Error;

    fn try_from(number: u8) -> Result<Self, Error> {
        let all = [Self::Auth, Self::Chunked, Self::Hpke, Self::WrapKeyToFile];
        all.into_iter().find(|extension| u8::from(*extension) == number).ok_or(Error::InternalError)
    }
}

/// All services.
pub(crate) struct Services {
    auth: AuthBackend,
    staging: StagingBackend,
}

/// What they remember of a client.
#[derive(Default)]
pub(crate) struct Memory {
    auth: AuthContext,
    staging: StagingContext,
}

impl Services {
    fn new() -> Self {
        // A key that hardware would hold; this card keeps no secret.
        let hardware_key = Bytes::from(b"a card of the tests");
        let auth = AuthBackend::with_hw_key(Location::Internal, hardware_key, FilesystemLayout::V0);
        Self { auth, staging: StagingBackend::new() }
    }
}

impl ExtensionDispatch for Services {
    type BackendId = Service;
    type Context = Memory;
    type ExtensionId = Extension;

    fn core_request<P: Platform>(
        &mut self,
        service: &Service,
        context: &mut Context<Memory>,
        request: &Request,
        resources: &mut ServiceResources<P>,
    ) -> Result<Reply, Error> {
        let (core, memory) = (&mut context.core, &mut context.backends);
        match service {
            Service::Auth => self.auth.request(core, &mut memory.auth, request, resources),
            Service::Staging => self.staging.request(core, &mut memory.staging, request, resources),
        }
    }

    fn extension_request<P: Platform>(
        &mut self,
        service: &Service,
        extension: &Extension,
        context: &mut Context<Memory>,
        request: &request::SerdeExtension,
        resources: &mut ServiceResources<P>,
    ) -> Result<reply::SerdeExtension, Error> {
        let (core, memory) = (&mut context.core, &mut context.backends);
        let (auth, staging) = (&mut self.auth, &mut self.staging);
        match (service, extension) {
            (Service::Auth, Extension::Auth) => {
                auth.extension_request_serialized(core, &mut memory.auth, request, resources)
            }
            (Service::Staging, Extension::Chunked) => ExtensionImpl::<ChunkedExtension>::extension_request_serialized(
                staging,
                core,
                &mut memory.staging,
                request,
                resources,
            ),
            (Service::Staging, Extension::Hpke) => ExtensionImpl::<HpkeExtension>::extension_request_serialized(
                staging,
                core,
                &mut memory.staging,
                request,
                resources,
            ),
            (Service::Staging, Extension::WrapKeyToFile) => {
                ExtensionImpl::<WrapKeyToFileExtension>::extension_request_serialized(
                    staging,
                    core,
                    &mut memory.staging,
                    request,
                    resources,
                )
            }
            _ => Err(Error::RequestNotAvailable),
        }
    }
}

macro_rules! numbered {
    ($($extension:ident: $number:ident;)+) => {
        $(impl ExtensionId<$extension> for Services {
            type Id = Extension;
            const ID: Extension = Extension::$number;
        })+
    };
}

numbered! {
    AuthExtension: Auth;
    ChunkedExtension: Chunked;
    HpkeExtension: Hpke;
    WrapKeyToFileExtension: WrapKeyToFile;
}
