const NodeEnvironment = require('./node.cjs');
const {resolveIn} = require('../../../scripts/setup/packages.cjs');

// Dawn is loaded outside the realm of the test file (jest cannot import its ES module) and once per worker process.
let dawn;

module.exports = class WebGPUEnvironment extends NodeEnvironment {
  constructor(config, context) {
    super(config, context);
    this.icd = config.projectConfig.testEnvironmentOptions.icd;
  }

  async setup() {
    await super.setup();
    if (this.icd) {
      process.env.VK_ICD_FILENAMES ??= this.icd; // the Vulkan loader reads the real environment
    }
    dawn ??= await import(resolveIn('webgpu', 'webgpu'));
    Object.assign(this.global, dawn.globals); // tfjs asks `instanceof GPUBuffer`
    const gpu = dawn.create(['backend=vulkan']);
    Object.defineProperty(this.global, 'navigator', {value: {gpu}, configurable: true, writable: true});
  }

  async teardown() {
    delete this.global.navigator; // Dawn keeps the process alive as long as this reference lives
    await super.teardown();
  }
};
