/** What the server said to a piece; status 0 when nobody answered. */
export interface Answer {
  status: number;
  text: string;
  /** Octets it has, where it says so. */
  received: number | null;
}

export interface Way {
  /** Sends one piece, and tells how much of it has gone. */
  post(piece: Blob, offset: number, gone: (octets: number) => void): Promise<Answer>;
  /** Ends after that time, or earlier when the network is back. */
  pause(milliseconds: number): Promise<void>;
  progress(octets: number): void;
  waiting(yes: boolean): void;
}

/** In octets: a broken connection costs this much at most. */
export const PIECE = 4 * 1024 * 1024;

/** Seconds before each further attempt: four minutes together. */
const WAITS = [1, 2, 4, 8, 15, 30, 60, 60, 60];

const PASSING = new Set([0, 502, 503, 504]);

/** Brings a file up, and goes on where it was when the connection breaks. The last answer: 200 with the file's row, or a refusal. */
export async function transfer(file: Blob, way: Way): Promise<Answer> {
  let offset = 0;
  let failures = 0;
  for (;;) {
    const at = offset;
    const piece = file.slice(at, at + PIECE);
    const answer = await way.post(piece, at, (gone) => way.progress(at + gone));
    if (PASSING.has(answer.status)) {
      const wait = WAITS[failures++];
      if (wait === undefined) {
        return answer;
      }
      way.waiting(true);
      await way.pause(wait * 1000);
      continue;
    }
    way.waiting(false);
    const moved = answer.received !== null && answer.received !== offset;
    if (!(answer.status === 202 || answer.status === 409) || !moved) {
      return answer;
    }
    failures = 0;
    offset = answer.received ?? 0;
    way.progress(offset);
  }
}
