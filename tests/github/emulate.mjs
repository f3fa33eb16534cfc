// Starts npm's `emulate` as GitHub on the port given as the first argument, prints its address, ends with its standard input.
// It knows the user octocat (token given as the second argument) and octocat/shop, which has a first commit.
import net from "node:net";
import path from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = process.env.LAYERLINE_NPM ?? path.join(here, "../../build/npm");
const {createEmulator} = await import(pathToFileURL(path.join(packages, "node_modules/emulate/dist/api.js")).href);

// It would listen on all addresses of the machine.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, {port, host: "127.0.0.1"}, rest.find(part => typeof part === "function"));
};

const github = await createEmulator({
  service: "github",
  port: Number(process.argv[2]),
  seed: {
    tokens: {[process.argv[3]]: {login: "octocat", scopes: ["repo", "workflow"]}},
    github: {users: [{login: "octocat", name: "Mona Lisa", email: "mona@example.com"}], repos: [{owner: "octocat", name: "shop", auto_init: true}]},
  },
});
process.stdout.write(github.url + "\n");
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
