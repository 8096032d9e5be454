package dev.wane.engine;

import dev.wane.recipe.Betas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * AdamW with decoupled decay in torch's convention: θ ← (1 − ηsλ)·θ − ηs·m̂/(√v̂ + ε), through libtorch's fused kernel,
 * one call for all groups that share η and λ.
 *
 * <p>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ). All state is held here and freed by
 * {@link #close}.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter (2019)</a>
 */
public final class AdamW implements AutoCloseable {
    private final List<ParameterGroup> groups;
    private final List<FusedAdamW> kernels;

    public AdamW(List<ParameterGroup> groups, Betas betas, double epsilon) {
        this.groups = List.copyOf(groups);
        Map<List<Double>, List<Parameter>> bySettings = new LinkedHashMap<>();
        groups.forEach(group -> bySettings.merge(
                List.of(group.learningRate(), group.weightDecay()), group.parameters(), AdamW::joined));
        this.kernels = bySettings.entrySet().stream()
                .map(entry -> new FusedAdamW(
                        entry.getValue(),
                        entry.getKey().get(0),
                        new FusedAdamW.Settings(betas, entry.getKey().get(1), epsilon)))
                .toList();
    }

    public List<ParameterGroup> groups() {
        return groups;
    }

    /**
     * One step with the gradients that the parameters hold, which are then dropped.
     *
     * @param multiplier of the schedule, in [0, 1]; applies to every group
     */
    public void step(double multiplier) {
        try (NoGradGuard _ = new NoGradGuard()) {
            kernels.forEach(kernel -> kernel.step(multiplier));
        }
    }

    @Override
    public void close() {
        kernels.forEach(FusedAdamW::close);
    }

    private static List<Parameter> joined(List<Parameter> first, List<Parameter> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
