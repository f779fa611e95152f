// Whether the node in this container is ready: 0 or 1. The port is the argument, or the one that the node itself was told.
const [, , given] = process.argv;
const [, told] =
  Object.entries(process.env).find(([name]) => /^TRIPOINT_[A-Z]+_PORT$/.test(name)) ?? [];
try {
  const answer = await fetch(`http://127.0.0.1:${given ?? told}/health/ready`, {
    signal: AbortSignal.timeout(4_000),
  });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
