import { describe, expect, it } from "vitest";
import { isAddress, read, split, typed } from "./addresses";

describe("split", () => {
  it("parts a list where people part it", () => {
    expect(split('bob@a.example, "Okafor, Bob" <bob@b.example>; carol@c.example (Carol, C.)\nd@d.example')).toEqual([
      "bob@a.example",
      '"Okafor, Bob" <bob@b.example>',
      "carol@c.example (Carol, C.)",
      "d@d.example",
    ]);
    expect(split("Friends: a@a.example, b@b.example;")).toEqual(["a@a.example", "b@b.example"]);
    expect(split("a@a.example b@b.example")).toEqual(["a@a.example", "b@b.example"]);
    expect(split("not an address")).toEqual(["not an address"]);
    expect(split('"open, never closed\nnext@a.example')).toEqual(['"open, never closed', "next@a.example"]);
  });
});

describe("read", () => {
  it("knows names and addresses", () => {
    expect(read('"Okafor \\"B\\", Bob" <bob@b.example>')).toMatchObject({ name: 'Okafor "B", Bob', address: "bob@b.example", good: true });
    expect(read("carol@c.example (Carol)")).toMatchObject({ name: "Carol", address: "carol@c.example" });
    expect(read("mailto:x@y.example").address).toBe("x@y.example");
  });

  it("tells good from bad", () => {
    for (const good of ["a@b", "ventas@españa.example", "x+tag@xn--espaa-rta.example", '"a b"@c.example', "a@[127.0.0.1]", "jürgen@x.example", "josé.пётр@x.example"]) {
      expect(isAddress(good), good).toBe(true);
    }
    for (const bad of ["", "a", "@b", "a@", "a b@c", "a@b c", "a..b@c", "a@-b.example", "a@b\r\nBcc:c", "a\u202Eb@c", "a\u00A0b@c", "ü..ü@c"]) {
      expect(isAddress(bad), bad).toBe(false);
    }
  });

  it("writes what it reads", () => {
    expect(typed("Okafor, Bob", "bob@b.example")).toBe('"Okafor, Bob" <bob@b.example>');
    expect(read(typed('A "B" \\', "a@b.example"))).toMatchObject({ name: 'A "B" \\', address: "a@b.example" });
  });
});
