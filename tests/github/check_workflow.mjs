#!/usr/bin/env node
// Reads workflow files with GitHub's own parser (@actions/workflow-parser) and prints what it has against them.
//
//   node tests/github/check_workflow.mjs [--model] FILE...
//
// Standard output, one JSON object:
//   {"schema": 1, "files": [{"file", "errors": [{"message", "line", "column"}], "model"}]}
// line and column count from 1 and are null where the parser names no place. "model" is there with --model only: the
// workflow as GitHub reads it, with events, jobs, steps, matrices, or null where it can't be read. Workflows that a job
// calls from the same repository ("./.github/workflows/x.yml") are read too, so that wrong inputs are found; those of other
// repositories are not looked at.
// Exit status: 0 no errors, 1 errors, 2 bad usage or an unreadable file.
//
// The packages are those of packaging/lib.sh's ensure_npm: build/npm, or $LAYERLINE_NPM.
import {existsSync, readFileSync} from "node:fs";
import {register} from "node:module";
import path from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = process.env.LAYERLINE_NPM ?? path.join(here, "../../build/npm");

// The parser imports its schema as a bare .json file, as bundlers allow and Node does not.
const jsonAsModule = `export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  const {readFile} = await import("node:fs/promises");
  return {format: "module", shortCircuit: true, source: "export default " + await readFile(new URL(url), "utf8")};
}`;

async function loadParser() {
  const entry = path.join(packages, "node_modules/@actions/workflow-parser/dist/index.js");
  if (!existsSync(entry)) {
    fail(`${entry} is not there: packaging/check --stage github installs it`);
  }
  register("data:text/javascript," + encodeURIComponent(jsonAsModule));
  return import(pathToFileURL(entry).href);
}

function fail(message) {
  process.stderr.write(`check_workflow: ${message}\n`);
  process.exit(2);
}

const silent = {info() {}, verbose() {}, error() {}};

/// The folder that holds .github/workflows, or the file's own where it does not lie in one.
function repositoryOf(file) {
  const folder = path.dirname(path.resolve(file));
  return folder.endsWith(path.join(".github", "workflows")) ? path.resolve(folder, "../..") : folder;
}

/// How many levels of called workflows can be read: one where all of them are files of this repository, else none, for
/// the parser takes a called workflow that can't be had for an error.
function depthFor(template, repository) {
  const called = (template.jobs ?? []).filter(job => job.type === "reusableWorkflowJob").map(job => job.ref.value);
  const local = reference => reference.startsWith("./") && existsSync(path.join(repository, reference));
  return called.length > 0 && called.every(local) ? 1 : 0;
}

async function check(parser, file, withModel) {
  let content;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    fail(error.message);
  }
  const parse = () => parser.parseWorkflow({name: file, content}, silent);
  let {context, value} = parse();
  let template = null;
  if (value && context.errors.count === 0) {
    const repository = repositoryOf(file);
    template = await parser.convertWorkflowTemplate(context, value);
    const depth = depthFor(template, repository);
    if (depth > 0 && context.errors.count === 0) {
      ({context, value} = parse());
      const provider = {
        getFileContent: async reference => ({
          name: reference.path,
          content: readFileSync(path.join(repository, reference.path), "utf8"),
        }),
      };
      template = await parser.convertWorkflowTemplate(context, value, provider, {fetchReusableWorkflowDepth: depth});
    }
  }
  const errors = context.errors.getErrors().map(error => ({
    message: error.message,
    line: error.range?.start?.line ?? null,
    column: error.range?.start?.column ?? null,
  }));
  return withModel ? {file, errors, model: errors.length === 0 ? template : null} : {file, errors};
}

const options = process.argv.slice(2);
const withModel = options.includes("--model");
const files = options.filter(option => option !== "--model");
if (files.length === 0 || files.some(file => file.startsWith("--"))) {
  fail("usage: check_workflow.mjs [--model] FILE...");
}
const parser = await loadParser();
const results = [];
for (const file of files) {
  results.push(await check(parser, file, withModel));
}
process.stdout.write(JSON.stringify({schema: 1, files: results}, null, 2) + "\n");
process.exitCode = results.some(result => result.errors.length > 0) ? 1 : 0;
