import { randomUUID } from 'node:crypto';

import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';

import { DoubleStore, type Proposed, type Stored } from './double-store.js';

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;
type Question = ServerUnaryCall<shared.Empty, unknown>;
type Failure = { readonly code: status; readonly details: string; readonly metadata: Metadata };

/** What becomes of the next append. */
export type AppendFault =
  /** The connection breaks before anything is recorded. */
  | 'lost'
  /** It is recorded, then the connection breaks. */
  | 'recorded-and-lost'
  /** Nothing is recorded and nothing is answered. */
  | 'mute'
  /** It is recorded, and nothing is answered. */
  | 'recorded-and-mute'
  /** Nothing is recorded; the server says that it could not in time. */
  | 'timed-out'
  /** It is recorded; the server says that it could not in time. */
  | 'recorded-and-timed-out';

const MAX_APPEND = 1024 * 1024;

const failure = (
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): Failure => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
};

const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? new Uint8Array()).toString();

const identifierOf = (name: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name));

const proposedOf = (message: streams.AppendReq.ProposedMessage): Proposed => ({
  id: message.getId()?.getString() ?? '',
  metadata: new Map(message.getMetadataMap().toArray()),
  data: message.getData_asU8(),
  custom: message.getCustomMetadata_asU8(),
});

const readEvent = (event: Stored): streams.ReadResp => {
  const position = event.position.toString();
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(event.revision.toString())
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.custom);
  for (const [key, value] of event.metadata) recorded.getMetadataMap().set(key, value);
  recorded.getMetadataMap().set('created', '0');
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position);
  return new streams.ReadResp().setEvent(read);
};

const passes = (
  filter: streams.ReadReq.Options.FilterOptions | undefined,
): ((event: Stored) => boolean) => {
  const expression = filter?.getStreamIdentifier();
  if (expression === undefined) return () => true;
  const [regex, prefixes] = [expression.getRegex(), expression.getPrefixList()];
  if (regex !== '') return ({ stream }) => new RegExp(regex, 'u').test(stream);
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
};

/** One node of a cluster whose nodes agree on everything at once. */
class DoubleNode {
  readonly #cluster: EventStoreDBDouble;
  #server: Server | undefined;
  /** Kept over restarts, as a node keeps its address. */
  port = 0;
  /** It takes calls and answers none, as a process that was stopped does. */
  hangs = false;

  constructor(cluster: EventStoreDBDouble) {
    this.#cluster = cluster;
  }

  get running(): boolean {
    return this.#server !== undefined;
  }

  start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
    server.addService(streamsService.StreamsService, {
      append: (call: AppendCall, answer: sendUnaryData<streams.AppendResp>) => {
        this.#append(call, answer);
      },
      read: (call: ReadCall) => {
        this.#read(call);
      },
    });
    server.addService(gossipService.GossipService, {
      read: (_call: Question, answer: sendUnaryData<gossip.ClusterInfo>) => {
        this.#cluster.gossiped += 1;
        if (!this.hangs && !this.#cluster.gossipHangs) answer(null, this.#cluster.members());
      },
    });
    server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_call: Question, answer: sendUnaryData<features.SupportedMethods>) => {
        // Offered and not there: whoever takes the batched append is refused.
        const batched = new features.SupportedMethod()
          .setMethodName('batchappend')
          .setServiceName('event_store.client.streams.streams');
        answer(null, new features.SupportedMethods().setMethodsList([batched]));
      },
    });
    this.#server = server;
    const { tls } = this.#cluster.options;
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [{ cert_chain: tls.cert, private_key: tls.key }]);
    return new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, credentials, (error, port) => {
        if (error !== null) {
          reject(error);
          return;
        }
        this.port = port;
        resolve();
      });
    });
  }

  /** As a SIGKILL would: every connection breaks. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  async restart(): Promise<void> {
    this.stop();
    await this.start();
  }

  /** Why a call is refused before it is looked at. */
  #refusal(metadata: Metadata): Failure | undefined {
    const { options, leader } = this.#cluster;
    if (options.user !== undefined) {
      const basic = `Basic ${Buffer.from(options.user).toString('base64')}`;
      if (metadata.get('authorization')[0] !== basic)
        return failure(status.UNAUTHENTICATED, 'Access Denied', { exception: 'access-denied' });
    }
    if (metadata.get('requires-leader')[0] !== 'true' || leader === this) return undefined;
    return leader === undefined
      ? failure(status.UNAVAILABLE, 'Server Is Not Ready')
      : failure(status.NOT_FOUND, 'Leader info available', {
          exception: 'not-leader',
          'leader-endpoint-host': this.#cluster.host,
          'leader-endpoint-port': leader.port.toString(),
        });
  }

  #append(call: AppendCall, answer: sendUnaryData<streams.AppendResp>): void {
    let options: streams.AppendReq.Options | undefined;
    const proposed: Proposed[] = [];
    let size = 0;
    call.on('data', (request: streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message === undefined) return;
      const event = proposedOf(message);
      proposed.push(event);
      size += event.data.length + event.custom.length;
      size += 2 * (event.metadata.get('type') ?? '').length;
    });
    call.on('end', () => {
      if (this.hangs) return;
      const refusal = this.#refusal(call.metadata);
      if (options === undefined || refusal !== undefined) answer(refusal ?? null);
      else if (size > MAX_APPEND)
        answer(
          failure(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded', {
            exception: 'maximum-append-size-exceeded',
            'maximum-append-size': MAX_APPEND.toString(),
          }),
        );
      else this.#decide(options, proposed, answer);
    });
  }

  #decide(
    options: streams.AppendReq.Options,
    proposed: readonly Proposed[],
    answer: sendUnaryData<streams.AppendResp>,
  ): void {
    const name = nameOf(options.getStreamIdentifier());
    const fault = this.#cluster.takeFault(name);
    if (fault === 'lost') {
      void this.restart();
      return;
    }
    if (fault === 'mute') return;
    if (fault === 'timed-out') {
      answer(failure(status.ABORTED, 'Operation timed out'));
      return;
    }
    const expected = options.hasAny()
      ? 'any'
      : options.hasRevision()
        ? BigInt(options.getRevision())
        : -1n;
    const outcome = this.#cluster.store.append(name, expected, proposed);
    if (fault === 'recorded-and-lost') {
      void this.restart();
      return;
    }
    if (fault === 'recorded-and-mute') return;
    if (fault === 'recorded-and-timed-out') {
      answer(failure(status.ABORTED, 'Operation timed out'));
      return;
    }
    const response = new streams.AppendResp();
    if ('wrong' in outcome) {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      if (outcome.wrong < 0n) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(outcome.wrong.toString());
      if (expected === -1n) wrong.setExpectedNoStream(new shared.Empty());
      else wrong.setExpectedRevision(expected.toString());
      answer(null, response.setWrongExpectedVersion(wrong));
      return;
    }
    const position = outcome.position.toString();
    answer(
      null,
      response.setSuccess(
        new streams.AppendResp.Success()
          .setCurrentRevision(outcome.newest.toString())
          .setPosition(
            new streams.AppendResp.Position()
              .setCommitPosition(position)
              .setPreparePosition(position),
          ),
      ),
    );
  }

  #read(call: ReadCall): void {
    if (this.hangs) return;
    const options = call.request.getOptions();
    const refusal = this.#refusal(call.metadata);
    if (options === undefined || refusal !== undefined) call.emit('error', refusal);
    else if (options.hasSubscription()) this.#subscribe(call, options);
    else this.#readStream(call, options);
  }

  #readStream(call: ReadCall, options: streams.ReadReq.Options): void {
    const of = options.getStream();
    const name = nameOf(of?.getStreamIdentifier());
    const stream = this.#cluster.store.stream(name);
    if (of === undefined || stream.length === 0) {
      const unknown = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(name));
      call.write(new streams.ReadResp().setStreamNotFound(unknown));
      call.end();
      return;
    }
    const count = Number(options.getCount());
    const backwards =
      options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const from = of.hasRevision() ? BigInt(of.getRevision()) : 0n;
    const events = backwards
      ? [...stream].reverse()
      : stream.filter(({ revision }) => revision >= from);
    for (const event of events.slice(0, count)) call.write(readEvent(event));
    call.end();
  }

  #subscribe(call: ReadCall, options: streams.ReadReq.Options): void {
    const { store } = this.#cluster;
    const all = options.getAll();
    const wanted = passes(options.getFilter());
    const from = all?.getPosition()?.getCommitPosition();
    let next = 0;
    if (from !== undefined) {
      const beyond = store.all.findIndex(({ position }) => position > BigInt(from));
      next = beyond < 0 ? store.all.length : beyond;
    }
    const confirmation = new streams.ReadResp.SubscriptionConfirmation();
    call.write(
      new streams.ReadResp().setConfirmation(confirmation.setSubscriptionId(randomUUID())),
    );
    let full = false;
    const pump = (): void => {
      if (full || this.hangs) return;
      let passedOver: Stored | undefined;
      for (let event = store.all[next]; event !== undefined && !full; event = store.all[next]) {
        next += 1;
        passedOver = wanted(event) ? undefined : event;
        if (passedOver === undefined) full = !call.write(readEvent(event));
      }
      if (passedOver === undefined || full) return;
      const position = passedOver.position.toString();
      const checkpoint = new streams.ReadResp.Checkpoint().setCommitPosition(position);
      call.write(new streams.ReadResp().setCheckpoint(checkpoint.setPreparePosition(position)));
    };
    const silence = store.onGrown(pump);
    this.#cluster.subscribed(from === undefined ? undefined : BigInt(from));
    call.on('drain', () => {
      full = false;
      pump();
    });
    call.on('cancelled', () => {
      silence();
      call.end();
    });
    pump();
  }
}

export type DoubleOptions = {
  readonly nodes: number;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /** `name:password`; nobody else is let in. */
  readonly user?: string;
};

/** A stand-in for a cluster of EventStoreDB, for tests. The README says what it does not do. */
export class EventStoreDBDouble {
  readonly store = new DoubleStore();
  /** Nobody is told who leads. */
  gossipHangs = false;
  /** How often somebody asked. */
  gossiped = 0;
  readonly nodes: readonly DoubleNode[];
  readonly #faults: { readonly stream: string; readonly fault: AppendFault }[] = [];
  readonly #subscriptions: (bigint | undefined)[] = [];
  #leader: DoubleNode | undefined;

  private constructor(readonly options: DoubleOptions) {
    this.nodes = Array.from({ length: options.nodes }, () => new DoubleNode(this));
    this.#leader = this.nodes[0];
  }

  static async start(options: DoubleOptions = { nodes: 1 }): Promise<EventStoreDBDouble> {
    const double = new EventStoreDBDouble(options);
    for (const node of double.nodes) await node.start();
    return double;
  }

  stop(): void {
    for (const node of this.nodes) node.stop();
  }

  get leader(): DoubleNode | undefined {
    return this.#leader;
  }

  /** `undefined`: an election goes on. */
  lead(node: number | undefined): void {
    this.#leader = node === undefined ? undefined : this.nodes[node];
  }

  /** What happens to the next append to `stream`, and after that to the next one, in the order of these calls. */
  failAppend(stream: string, ...faults: readonly AppendFault[]): void {
    this.#faults.push(...faults.map((fault) => ({ stream, fault })));
  }

  takeFault(stream: string): AppendFault | undefined {
    const next = this.#faults.findIndex((fault) => fault.stream === stream);
    return next < 0 ? undefined : this.#faults.splice(next, 1)[0]?.fault;
  }

  subscribed(from: bigint | undefined): void {
    this.#subscriptions.push(from);
  }

  /** After which position each subscription so far began. */
  get subscriptions(): readonly (bigint | undefined)[] {
    return this.#subscriptions;
  }

  get hosts(): string {
    return this.nodes.map(({ port }) => `${this.host}:${port}`).join(',');
  }

  /** A certificate is better asked for by a name. */
  get host(): string {
    return this.options.tls === undefined ? '127.0.0.1' : 'localhost';
  }

  members(): gossip.ClusterInfo {
    return new gossip.ClusterInfo().setMembersList(
      this.nodes.map((node) =>
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString(randomUUID()))
          .setTimeStamp('0')
          .setState(
            node === this.#leader
              ? gossip.MemberInfo.VNodeState.LEADER
              : gossip.MemberInfo.VNodeState.FOLLOWER,
          )
          .setIsAlive(node.running)
          .setHttpEndPoint(new gossip.EndPoint().setAddress(this.host).setPort(node.port)),
      ),
    );
  }
}
