import * as tf from '@tensorflow/tfjs';

/**
 * Fails each test that causes an uncaptured WebGPU error. A wrong shader does not throw: the driver reports it to the
 * device, and the result is silently wrong.
 */
export function forbidGpuErrors(): void {
  let device: GPUDevice;
  let errors: string[] = [];
  beforeAll(() => {
    device = (tf.backend() as unknown as {device: GPUDevice}).device;
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault(); // or Dawn prints it as well
      errors.push(event.error.message);
    });
  });
  afterEach(async () => {
    await device.queue.onSubmittedWorkDone(); // errors arrive no later than the work they belong to
    const messages = errors;
    errors = [];
    if (messages.length > 0) {
      throw new Error(`The test caused ${messages.length} WebGPU errors:\n${messages.join('\n')}`);
    }
  });
  afterAll(() => device.destroy());
}
