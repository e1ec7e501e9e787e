import { describe, expect, it, vi } from "vitest";
import type { Backend } from "./backend";
import type { ApiError } from "./bindings";
import { createClient } from "./client";
import { ApiFailure, messageOf, violationsOf } from "./errors";

const VIOLATION = {
  code: "used_goods_banned",
  severity: "refuse" as const,
  field: "lines[0].condition",
  basis: "Nghị định 69/2018/NĐ-CP, Phụ lục I",
  message: "Hàng đã qua sử dụng không được nhập khẩu.",
};

const failure = (code: ApiError["code"], message = code as string): string =>
  JSON.stringify({ error: { code, message, violations: [VIOLATION] } });

/** A client whose every command is answered with `answer`, and what was sent. */
function clientOf(answer: string) {
  const envelopes: unknown[] = [];
  const backend: Backend = {
    async send(text) {
      envelopes.push(JSON.parse(text));
      return answer;
    },
  };
  const client = createClient(backend, () => "zh");
  const lost = vi.fn();
  client.onSessionLoss(lost);
  return { client, envelopes, lost };
}

describe("a call", () => {
  it("sends command, session, language and request, and answers what is in ok", async () => {
    const { client, envelopes } = clientOf('{"ok":[{"code":"06724","name":"Xã Hải Sơn"}]}');
    expect(await client.call("commune_list", {})).toEqual([{ code: "06724", name: "Xã Hải Sơn" }]);
    client.setToken("t-1");
    await client.call("person_view", { id: "p" });
    expect(envelopes).toEqual([
      { command: "commune_list", session: null, language: "zh", request: {} },
      { command: "person_view", session: "t-1", language: "zh", request: { id: "p" } },
    ]);
  });

  it("takes null for an answer like any other", async () => {
    await expect(clientOf('{"ok":null}').client.call("session_lock", {})).resolves.toBeNull();
  });

  it("throws a refusal with its code, its words and its rules", async () => {
    const { client } = clientOf(failure("refused", "Không đăng ký được."));
    const error = await client.call("commune_list", {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiFailure);
    expect(error).toMatchObject({ code: "refused" });
    expect(messageOf(error)).toBe("Không đăng ký được.");
    expect(violationsOf(error)).toEqual([VIOLATION]);
  });

  it("passes on that the other side could not be reached", async () => {
    const backend = { send: () => Promise.reject(new Error("HTTP 502")) };
    const call = createClient(backend, () => "vi").call("commune_list", {});
    await expect(call).rejects.toThrow("HTTP 502");
  });

  it("fails on an answer that is not JSON rather than taking it for none", async () => {
    await expect(clientOf("<html>").client.call("commune_list", {})).rejects.toThrow(SyntaxError);
  });
});

describe("what is shown of anything thrown", () => {
  it.each([
    [new Error("HTTP 502"), "HTTP 502"],
    ["the shell's own words", "the shell's own words"],
    [undefined, "undefined"],
  ])("says %s", (thrown, shown) => {
    expect(messageOf(thrown)).toBe(shown);
    expect(violationsOf(thrown)).toEqual([]);
  });
});

describe("the end of a session", () => {
  it.each(["not_signed_in", "session_locked"] as const)("tells of %s", async (code) => {
    const { client, lost } = clientOf(failure(code));
    client.setToken("t-1");
    await expect(client.call("commune_list", {})).rejects.toThrow(code);
    expect(lost).toHaveBeenCalledExactlyOnceWith(code);
  });

  it.each([
    "not_permitted",
    "wrong_credentials",
    "not_found",
    "refused",
    "bad_request",
    "stale",
    "busy",
    "broken",
  ] as const)("is not what %s means", async (code) => {
    const { client, lost } = clientOf(failure(code));
    client.setToken("t-1");
    await expect(client.call("commune_list", {})).rejects.toThrow(code);
    expect(lost).not.toHaveBeenCalled();
  });

  it("cannot happen before a sign-in or after a sign-out", async () => {
    const { client, lost } = clientOf(failure("not_signed_in"));
    await expect(client.call("commune_list", {})).rejects.toThrow();
    client.setToken("t-1");
    client.setToken(null);
    await expect(client.call("commune_list", {})).rejects.toThrow();
    expect(lost).not.toHaveBeenCalled();
  });

  it("is not read from a late answer to the session before", async () => {
    const { client, lost } = clientOf(failure("not_signed_in"));
    client.setToken("t-1");
    const late = client.call("commune_list", {});
    client.setToken("t-2");
    await expect(late).rejects.toThrow();
    expect(lost).not.toHaveBeenCalled();
  });
});
