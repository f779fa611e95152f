export default async () => {
  await globalThis.tripointTestKafka.close?.();
};
