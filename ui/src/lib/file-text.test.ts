import { describe, expect, it } from "vitest";
import { decodeText } from "./file-text";

describe("the text of a file", () => {
  it("is read from the encodings offices use", () => {
    const text = "mã,tên\n0703,Tỏi";
    const utf8 = new TextEncoder().encode(text);
    const utf16 = new Uint8Array(2 + text.length * 2);
    utf16.set([0xff, 0xfe]);
    [...text].forEach((letter, at) => {
      const code = letter.charCodeAt(0);
      utf16.set([code & 0xff, code >> 8], 2 + at * 2);
    });
    expect(decodeText(utf8)).toBe(text);
    expect(decodeText(utf16)).toBe(text);
    // "tên" in Windows-1258.
    expect(decodeText(new Uint8Array([0x74, 0xea, 0x6e]))).toBe("tên");
  });
});
