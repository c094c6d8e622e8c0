// The socket as the page's scripts see it: topics by their prefix, their events and their commands.

import type { Ok, Replies, Topics } from "./socket.d.ts";

export type Prefix = keyof Topics;
/** `me`, or a prefix and a key: `chat:42`. */
export type TopicName<P extends Prefix = Prefix> = P | `${P}:${string}`;
export type TopicEvent<P extends Prefix = Prefix> = Topics[P]["event"];

type Command<P extends Prefix, T> = Extract<Topics[P]["command"], { type: T }>;
type Without<M, K extends PropertyKey> = M extends unknown ? Omit<M, K> : never;

/** A command as it is given to `send`, which adds its number and its topic. */
export type CommandBody<P extends Prefix, T extends Topics[P]["command"]["type"] = Topics[P]["command"]["type"]> = {
  type: T;
} & Without<Command<P, T>, "ref" | "topic">;

/** The reply to a command of type `T`; its snapshot is null where the reply has none. */
export type Reply<T = string> = Omit<Ok, "snapshot"> & { snapshot: T extends keyof Replies ? Replies[T] : unknown };

/** Why a command was not done: from the server, or from this page when no reply came. */
export interface Refusal {
  code: string;
  detail: string;
  parameters?: Record<string, unknown>;
}

/** `waiting`: there is no connection, and the next attempt is some time away. */
export type Status = "connecting" | "open" | "waiting";

export interface Listener<P extends Prefix = Prefix> {
  /** Events that were missed are replayed one by one; otherwise a new snapshot makes up for them. */
  logged?: boolean;
  onSnapshot?(snapshot: Topics[P]["snapshot"], seq: number): void;
  onEvent?(event: TopicEvent<P>): void;
  onRefused?(refusal: Refusal): void;
  onStatus?(status: Status): void;
}

export interface Subscription<P extends Prefix> {
  readonly name: string;
  /** Resolves after the server has committed; rejects with a Refusal. */
  send<T extends Topics[P]["command"]["type"]>(command: CommandBody<P, T>): Promise<Reply<T>>;
  leave(): void;
}

export type Send<P extends Prefix> = Subscription<P>["send"];

/** An offer, answer or candidate for another connection, before it is addressed. */
export type OutgoingSignal = Without<CommandBody<"meeting", "rtc.offer" | "rtc.answer" | "rtc.candidate">, "to" | "pair">;
/** An offer, answer or candidate from another connection. */
export type IncomingSignal = Extract<Topics["meeting"]["event"], { type: "rtc.offer" | "rtc.answer" | "rtc.candidate" }>;
