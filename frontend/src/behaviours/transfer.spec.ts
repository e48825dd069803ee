import { expect, test } from "vitest";
import { PIECE, transfer, type Answer, type Way } from "./transfer";

const SIZE = 2 * PIECE + 100;

/** A server, and a network that loses what it is told to lose. */
class Server {
  readonly got: number[] = [];
  readonly shown: number[] = [];
  readonly waits: boolean[] = [];
  pauses = 0;
  private received = 0;

  constructor(private readonly lost: (post: number) => "request" | "answer" | undefined) {}

  readonly way: Way = {
    post: async (piece, offset, gone) => {
      gone(piece.size);
      const how = this.lost(this.got.push(offset));
      if (how === "request") {
        return { status: 0, text: "", received: null };
      }
      const answer = this.take(piece.size, offset);
      return how === "answer" ? { status: 0, text: "", received: null } : answer;
    },
    pause: async () => {
      this.pauses++;
    },
    progress: (octets) => this.shown.push(octets),
    waiting: (yes) => this.waits.push(yes),
  };

  private take(octets: number, offset: number): Answer {
    if (this.received === SIZE) {
      return { status: 200, text: "row", received: null };
    }
    if (offset !== this.received) {
      return { status: 409, text: "", received: this.received };
    }
    this.received += octets;
    return this.received === SIZE ? { status: 200, text: "row", received: null } : { status: 202, text: "", received: this.received };
  }
}

const FILE = new Blob([new Uint8Array(SIZE)]);

test("a file goes up in pieces", async () => {
  const server = new Server(() => undefined);
  expect(await transfer(FILE, server.way)).toMatchObject({ status: 200, text: "row" });
  expect(server.got).toEqual([0, PIECE, 2 * PIECE]);
  expect(server.shown.at(-1)).toBe(SIZE);
  expect(server.pauses).toBe(0);
});

test("a piece that got lost is sent again, and the file goes on from there", async () => {
  const server = new Server((post) => (post === 2 || post === 3 ? "request" : undefined));
  expect((await transfer(FILE, server.way)).status).toBe(200);
  expect(server.got).toEqual([0, PIECE, PIECE, PIECE, 2 * PIECE]);
  expect(server.waits).toContain(true);
  expect(server.waits.at(-1)).toBe(false);
});

test("a piece whose answer got lost is not sent twice over", async () => {
  const server = new Server((post) => (post === 1 || post === 4 ? "answer" : undefined));
  expect((await transfer(FILE, server.way)).status).toBe(200);
  expect(server.got).toEqual([0, 0, PIECE, 2 * PIECE, 2 * PIECE]);
});

test("a refusal ends it, and so does a network that stays away", async () => {
  const refusing = new Server(() => undefined);
  refusing.way.post = async () => ({ status: 422, text: "too large", received: null });
  expect((await transfer(FILE, refusing.way)).text).toBe("too large");
  const dead = new Server(() => "request");
  expect((await transfer(FILE, dead.way)).status).toBe(0);
  expect(dead.pauses).toBe(9);
});

test("a server that says the same again and again is left", async () => {
  const odd = new Server(() => undefined);
  odd.way.post = async () => ({ status: 409, text: "", received: 0 });
  expect((await transfer(FILE, odd.way)).status).toBe(409);
});
