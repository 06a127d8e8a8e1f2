// A client of the npm SDKs: `node client.mjs PACKAGE URL MODE PLAN` prints what it was told, as JSON.
// PACKAGE is "sdk" (@modelcontextprotocol/sdk) or "client" (@modelcontextprotocol/client); MODE "legacy", "auto",
// a version, or "sse". Packages are looked for from the working directory.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [pack, url, mode, plan] = process.argv.slice(2);
const find = createRequire(process.cwd() + "/");
const load = (name) => import(pathToFileURL(find.resolve(name)));

const scope = "@modelcontextprotocol/";
const both = pack === "sdk" ? null : await load(scope + "client");
const { Client } = both ?? (await load(scope + "sdk/client/index.js"));
const { StreamableHTTPClientTransport } = both ?? (await load(scope + "sdk/client/streamableHttp.js"));
const { SSEClientTransport } = both ?? (await load(scope + "sdk/client/sse.js"));
const types = both ? null : await load(scope + "sdk/types.js");

const told = {};
let here = [];
const capabilities = { sampling: {}, elicitation: {} };
const negotiation = { legacy: "legacy", sse: "legacy", auto: "auto" }[mode] ?? { pin: mode };
const client = new Client({ name: "live", version: "1" }, { capabilities, versionNegotiation: { mode: negotiation } });

const sampled = { role: "assistant", content: { type: "text", text: "blue" }, model: "m" };
const elicited = { action: "accept", content: { dish: "stew" } };
const asked = (answer) => async (request) => (here.push(["asked", request.params]), answer);
const heard = (note) => void here.push(["heard", note.method, note.params]);
client.setRequestHandler(types?.CreateMessageRequestSchema ?? "sampling/createMessage", asked(sampled));
client.setRequestHandler(types?.ElicitRequestSchema ?? "elicitation/create", asked(elicited));
client.setNotificationHandler(types?.LoggingMessageNotificationSchema ?? "notifications/message", heard);

const onprogress = (note) => void here.push(["progress", note.progress, note.total, note.message]);
const verbs = {
  "tools/list": () => client.listTools(),
  "prompts/list": () => client.listPrompts(),
  "resources/list": () => client.listResources(),
  "resources/templates/list": () => client.listResourceTemplates(),
  "prompts/get": (params) => client.getPrompt(params),
  "resources/read": (params) => client.readResource(params),
  "completion/complete": ({ name, argument }) => client.complete({ ref: { type: "ref/prompt", name }, argument }),
  "tools/call": (params) => (both ? client.callTool(params, { onprogress }) : client.callTool(params, undefined, { onprogress })),
};

const transport = new (mode === "sse" ? SSEClientTransport : StreamableHTTPClientTransport)(new URL(url));
try {
  await client.connect(transport);
  told.connect = [[client.getServerVersion()?.name ?? null, client.getInstructions() ?? null]];
} catch (problem) {
  told.connect = [["error", problem.code ?? null, problem.message]];
}
for (const [step, method, params] of told.connect[0][0] === "error" ? [] : JSON.parse(plan)) {
  here = told[step] = [];
  try {
    here.push(await verbs[method](params));
  } catch (problem) {
    here.push(["error", problem.code ?? null, problem.message, problem.data ?? null]);
  }
}
await client.close().catch(() => {});
console.log(JSON.stringify(told));
process.exit(0);
