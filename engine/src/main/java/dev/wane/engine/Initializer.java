package dev.wane.engine;

import dev.wane.data.Seeds;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * First values of parameters. Each has a generator of its own, seeded by (seed, name): no process-wide state, and no
 * dependence on the order in which parameters are made.
 *
 * @param seed of the run
 * @param scale multiplies the drawn matrices; 1 for the usual initialisation
 */
record Initializer(long seed, double scale) {
    /**
     * Normal with standard deviation scale·√(2/columns), which keeps the size of activations under ReLU.
     *
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al. (2015), section 2.2</a>
     */
    Parameter matrix(String name, long rows, long columns) {
        try (PointerScope _ = new PointerScope()) {
            Generator generator = torch.make_generator_cpu(Seeds.derive(seed, name, 0));
            double deviation = scale * Math.sqrt(2.0 / columns);
            Tensor tensor = torch.empty(rows, columns).normal_(0, deviation, new GeneratorOptional(generator));
            return parameter(name, Role.MATRIX, tensor);
        }
    }

    Parameter constant(String name, Role role, long size, double value) {
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = torch.empty(size).fill_(new Scalar(value));
            return parameter(name, role, tensor);
        }
    }

    private static Parameter parameter(String name, Role role, Tensor tensor) {
        tensor.requires_grad_(true);
        return new Parameter(name, role, tensor.retainReference());
    }
}
