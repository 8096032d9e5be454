package dev.wane.framework;

import dev.wane.decay.CoupledAdaptive;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.DecoupledLr;
import java.util.Arrays;
import java.util.Optional;

/** What the optimizers of a framework mean by weight decay. */
public enum Optimizer {
    /** {@code torch.optim.AdamW}: decay multiplied by the learning rate, before the update. */
    TORCH_ADAMW("torch", "adamw", true, (momentum, dampening, nesterov) -> new DecoupledLr()),
    /** {@code torch.optim.Adam}: an L2 penalty inside the preconditioner. */
    TORCH_ADAM("torch", "adam", true, (momentum, dampening, nesterov) -> new CoupledAdaptive()),
    /** {@code torch.optim.SGD}: an L2 penalty that enters the momentum buffer. */
    TORCH_SGD("torch", "sgd", false, CoupledSgd::new);

    private final String framework;
    private final String id;
    private final boolean adaptive;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Meaning meaning;

    Optimizer(String framework, String id, boolean adaptive, Meaning meaning) {
        this.framework = framework;
        this.id = id;
        this.adaptive = adaptive;
        this.meaning = meaning;
    }

    /**
     * The framework's key.
     *
     * @return lower case, for example {@code torch}
     */
    public String framework() {
        return framework;
    }

    /**
     * The optimizer's key within its framework.
     *
     * @return lower case, for example {@code adamw}
     */
    public String id() {
        return id;
    }

    /**
     * Whether the update is divided by a running gradient size.
     *
     * @return true for Adam and its kin
     */
    public boolean adaptive() {
        return adaptive;
    }

    /**
     * What λ is multiplied by.
     *
     * @param momentum μ in [0, 1), read by SGD
     * @param dampening a in [0, 1), read by SGD
     * @param nesterov torch's Nesterov form, read by SGD
     * @return the convention
     */
    public DecayConvention convention(double momentum, double dampening, boolean nesterov) {
        return meaning.of(momentum, dampening, nesterov);
    }

    /**
     * Finds an optimizer.
     *
     * @param framework the framework's key
     * @param id the optimizer's key
     * @return empty if the registry has no such row
     */
    public static Optional<Optimizer> find(String framework, String id) {
        return Arrays.stream(values())
                .filter(row -> row.framework.equals(framework) && row.id.equals(id))
                .findFirst();
    }

    @FunctionalInterface
    private interface Meaning {
        DecayConvention of(double momentum, double dampening, boolean nesterov);
    }
}
