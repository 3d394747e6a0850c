// A certified provider of OpenID Connect (npm: oidc-provider) for the tests of signing in. People sign in under any name with any
// password, as its own pages for development let them.
//
// node provider.mjs PORT CALLBACK: says "ready" when it listens.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.env.SOHOA_OIDC_PROVIDER + "/"));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: "sohoa",
    client_secret: "a secret of the test",
    redirect_uris: [callback],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  claims: { profile: ["preferred_username"], email: ["email", "email_verified"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      preferred_username: id,
      email: `${id}@example.vn`,
      email_verified: id !== "lan",
    }),
  }),
  cookies: { keys: ["only for tests"] },
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
