package dev.wane.engine;

import dev.wane.model.ModelSpec;
import dev.wane.model.Normalization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Multilayer perceptrons with ReLU in three forms, see {@link Normalization}.
 *
 * <p>The scale-invariant one normalises with ε = 0, so that its function does not change at all when a matrix is
 * multiplied by a power of two.
 */
public final class Mlp implements Model {
    private static final double USUAL_EPSILON = 1e-5;

    private final ModelSpec spec;
    private final Map<String, Parameter> parameters;

    private Mlp(ModelSpec spec, List<Parameter> parameters) {
        this.spec = spec;
        this.parameters = new LinkedHashMap<>();
        parameters.forEach(parameter -> this.parameters.put(parameter.name(), parameter));
    }

    /**
     * A freshly initialised network.
     *
     * @param features inputs per sample
     * @param classes outputs per sample
     * @param seed decides the first values, together with each parameter's name
     * @param initializationScale multiplies the matrices
     */
    public static Mlp create(ModelSpec spec, int features, int classes, long seed, double initializationScale) {
        Initializer initializer = new Initializer(seed, initializationScale);
        List<Parameter> parameters = new ArrayList<>();
        for (int layer = 0; layer < spec.depth(); layer++) {
            parameters.add(initializer.matrix(weight(layer), spec.width(), layer == 0 ? features : spec.width()));
            afterHidden(spec, layer, initializer, parameters);
        }
        parameters.add(initializer.matrix(weight(spec.depth()), classes, spec.width()));
        parameters.add(
                spec.norm() == Normalization.SCALE_INVARIANT
                        ? initializer.constant("gain", Role.GAIN, 1, 1)
                        : initializer.constant(bias(spec.depth()), Role.BIAS, classes, 0));
        return new Mlp(spec, parameters);
    }

    private static void afterHidden(ModelSpec spec, int layer, Initializer initializer, List<Parameter> parameters) {
        switch (spec.norm()) {
            case SCALE_INVARIANT -> {}
            case LAYER -> {
                parameters.add(initializer.constant("norm" + layer + ".gain", Role.NORM, spec.width(), 1));
                parameters.add(initializer.constant("norm" + layer + ".bias", Role.NORM, spec.width(), 0));
            }
            case NONE -> parameters.add(initializer.constant(bias(layer), Role.BIAS, spec.width(), 0));
        }
    }

    @Override
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    @Override
    public Tensor logits(Tensor inputs) {
        Tensor hidden = inputs;
        for (int layer = 0; layer < spec.depth(); layer++) {
            hidden = torch.relu(hidden(hidden, layer));
        }
        return head(hidden);
    }

    private Tensor hidden(Tensor inputs, int layer) {
        Tensor weight = tensor(weight(layer));
        return switch (spec.norm()) {
            case SCALE_INVARIANT -> normalize(torch.linear(inputs, weight));
            case LAYER ->
                torch.layer_norm(
                        torch.linear(inputs, weight),
                        new long[] {spec.width()},
                        new TensorOptional(tensor("norm" + layer + ".gain")),
                        new TensorOptional(tensor("norm" + layer + ".bias")),
                        USUAL_EPSILON,
                        false);
            case NONE -> torch.linear(inputs, weight, new TensorOptional(tensor(bias(layer))));
        };
    }

    private Tensor head(Tensor hidden) {
        Tensor weight = tensor(weight(spec.depth()));
        return spec.norm() == Normalization.SCALE_INVARIANT
                ? normalize(torch.linear(hidden, weight)).mul(tensor("gain"))
                : torch.linear(hidden, weight, new TensorOptional(tensor(bias(spec.depth()))));
    }

    private static Tensor normalize(Tensor values) {
        long[] size = {values.size(1)};
        return torch.layer_norm(values, size, new TensorOptional(), new TensorOptional(), 0, false);
    }

    private Tensor tensor(String name) {
        return Objects.requireNonNull(parameters.get(name), name).tensor();
    }

    private static String weight(int layer) {
        return "linear" + layer + ".weight";
    }

    private static String bias(int layer) {
        return "linear" + layer + ".bias";
    }
}
