package dev.wane.law;

import java.util.List;

/** The laws that a plan sets side by side. */
public final class Laws {
    private static final List<DecayLaw> ALL = List.of(
            new ConstantTimescale(),
            new RetentionPerEpoch(),
            new RunFraction(),
            new Normalised(),
            new PowerLines(),
            new SdeSqrt(),
            new CompleteP(),
            WidthScaling.MUP,
            WidthScaling.SQRT,
            new Independent(),
            new Nanochat(),
            new Unchanged());

    private Laws() {}

    /**
     * Every law, in the order in which plans list them.
     *
     * @return an immutable list
     */
    public static List<DecayLaw> all() {
        return ALL;
    }
}
