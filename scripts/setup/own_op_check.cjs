// Run in a child process with a compiled file: does it load, beside TensorFlow? Ends with 0 or with the reason.
try {
  require('tfjs-piecewise/tfjs-node');
  require(process.argv[2]);
} catch (error) {
  process.stdout.write(`\n${String(error.message).split('\n')[0].trim()}`);
  process.exitCode = 1;
}
