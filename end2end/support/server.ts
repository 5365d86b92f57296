// A server of its own for each test: a free port, a fresh data folder, and the ways in which servers end.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { serverProgram, siteFolder } from "./environment.ts";

const READY = /Ampoule is ready: (http:\/\/\S+)/;
const START_MS = 30_000;

export class Server {
  /** Folder of everything that the server keeps. */
  readonly data: string;
  readonly port: number;
  url = "";
  /** All that the server printed, over all its starts. */
  log = "";
  /** The folder that it hands out; another one is another version of the program. */
  site = siteFolder();
  private child: ChildProcess | undefined;

  private constructor(data: string, port: number) {
    this.data = data;
    this.port = port;
  }

  static async create(): Promise<Server> {
    const data = await fs.mkdtemp(path.join(os.tmpdir(), "ampoule-data-"));
    return new Server(data, await freePort());
  }

  async start(): Promise<void> {
    if (this.child) throw new Error("the server runs already");
    const child = spawn(
      serverProgram(),
      ["--data", this.data, "--listen", `127.0.0.1:${this.port}`, "--site", this.site],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.child = child;
    const ready = new Promise<string>((resolve, reject) => {
      let printed = "";
      const read = (chunk: Buffer) => {
        this.log += chunk;
        printed += chunk;
        const url = READY.exec(printed)?.[1];
        if (url) resolve(url);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(`the server ended (${code ?? signal}):\n${this.log}`)));
      setTimeout(() => reject(new Error(`the server was not ready in time:\n${this.log}`)), START_MS).unref();
    });
    this.url = (await ready).replace(/\/$/, "");
  }

  /** The plug is pulled: no chance to write anything. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** An orderly stop. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  async remove(): Promise<void> {
    await this.kill();
    await fs.rm(this.data, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
