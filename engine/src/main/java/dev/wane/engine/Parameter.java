package dev.wane.engine;

import org.bytedeco.pytorch.Tensor;

/**
 * A named tensor that is trained.
 *
 * @param name unique within its model, for example {@code linear0.weight}
 * @param role what it does
 * @param tensor float32, requires grad
 */
public record Parameter(String name, Role role, Tensor tensor) {}
