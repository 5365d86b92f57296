// A proxy between browser and server that keeps every byte of every body and header, uncompressed.
//
// It sees what pages, workers and the service worker send, which a browser's own tooling does not show completely.
import { once } from "node:events";
import http from "node:http";
import net from "node:net";

export class Recorder {
  readonly url: string;
  readonly sent: Buffer[] = [];
  readonly received: Buffer[] = [];
  /** Path of each request, in order. */
  readonly paths: string[] = [];
  private readonly proxy: http.Server;

  private constructor(proxy: http.Server) {
    this.proxy = proxy;
    this.url = `http://localhost:${(proxy.address() as net.AddressInfo).port}`;
  }

  static async before(server: { url: string }): Promise<Recorder> {
    const target = new URL(server.url);
    let recorder: Recorder;
    const proxy = http.createServer((request, answer) => {
      recorder.paths.push(request.url ?? "");
      recorder.sent.push(Buffer.from(`${request.method} ${request.url}\n${request.rawHeaders.join("\n")}\n`));
      const headers = { ...request.headers };
      delete headers["accept-encoding"];
      const onward = http.request(
        { host: "127.0.0.1", port: target.port, method: request.method, path: request.url, headers },
        (reply) => {
          recorder.received.push(Buffer.from(`${reply.rawHeaders.join("\n")}\n`));
          answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
          // Server-sent events are to arrive at once.
          answer.flushHeaders();
          reply.on("data", (chunk: Buffer) => recorder.received.push(chunk));
          reply.pipe(answer);
        },
      );
      onward.on("error", () => answer.destroy());
      answer.on("close", () => onward.destroy());
      request.on("data", (chunk: Buffer) => recorder.sent.push(chunk));
      request.pipe(onward);
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    recorder = new Recorder(proxy);
    return recorder;
  }

  async close(): Promise<void> {
    this.proxy.closeAllConnections();
    this.proxy.close();
    await once(this.proxy, "close");
  }
}
