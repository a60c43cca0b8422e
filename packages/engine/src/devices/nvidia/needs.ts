/** What a device needs of NVIDIA's software, by major versions: within one of these the minor ones are compatible. */
export interface NvidiaNeeds {
  readonly device: 'cuda' | 'tensorflow';
  /** What has these needs: `ONNX Runtime 1.30.0`. */
  readonly library: string;
  /** The oldest driver. */
  readonly driver: number;
  readonly cuda: number;
  readonly cudnn: number;
  /** What it loads of CUDA and cuDNN, by the names under which it asks for them. */
  readonly libraries: { readonly cuda: readonly string[]; readonly cudnn: readonly string[] };
}

/**
 * CUDA 12 and cuDNN 9: onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html, and `cuda12` in the package's
 * script/install-metadata.js. Binaries of 1.26 still ask for libcudart.so.12 (microsoft/onnxruntime#27895). CUDA 12 wants
 * driver 525: docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html. The names of its libraries are
 * those of the CUDA 12 toolkit, in which cuFFT has version 11 and cuRAND 10.
 */
export const cudaNeeds = (onnxRuntime: string): NvidiaNeeds => ({
  ...{ device: 'cuda', library: `ONNX Runtime ${onnxRuntime}`, driver: 525, cuda: 12, cudnn: 9 },
  libraries: {
    cuda: [
      ...['libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12'],
      ...['libcufft.so.11', 'libcurand.so.10'],
    ],
    cudnn: ['libcudnn.so.9'],
  },
});

/**
 * CUDA 11 (built with 11.2) and cuDNN 8 (8.1), driver 450: what @tensorflow/tfjs-node-gpu 4.22 wants, whose library is
 * libtensorflow 2.9.1 (its scripts/deps-constants.js; tensorflow/tfjs#8362). Where one of them is missing it computes on
 * the processor.
 */
export const tensorflowNeeds: NvidiaNeeds = {
  ...{ device: 'tensorflow', library: 'libtensorflow 2.9.1', driver: 450, cuda: 11, cudnn: 8 },
  libraries: {
    cuda: [
      ...['libcudart.so.11.0', 'libcublas.so.11', 'libcublasLt.so.11', 'libcufft.so.10'],
      ...['libcurand.so.10', 'libcusolver.so.11', 'libcusparse.so.11'],
    ],
    cudnn: ['libcudnn.so.8'],
  },
};
