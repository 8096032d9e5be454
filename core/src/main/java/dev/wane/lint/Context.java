package dev.wane.lint;

import dev.wane.recipe.Start;

/**
 * What a configuration says about its run beside the recipe. Rules are milder where a habit is deliberate.
 *
 * @param fineTuning whether a trained network is trained on
 * @param adapter whether only small added matrices are trained, as with LoRA
 * @param demonstration whether the run is so short that it shows speed and trains nothing
 * @param weightDecayGiven whether λ was written and not a default
 * @param bfloat16Weights whether the weights themselves are bfloat16, without a copy in single precision
 */
public record Context(
        boolean fineTuning, boolean adapter, boolean demonstration, boolean weightDecayGiven, boolean bfloat16Weights) {
    /** Training from the start with a λ that was written. */
    public static final Context PLAIN = new Context(false, false, false, true, false);

    /**
     * What the weights start from.
     *
     * @return an adapter where one is trained, else a trained network where one is trained on
     */
    public Start start() {
        return adapter ? Start.ADAPTER : fineTuning ? Start.PRETRAINED : Start.SCRATCH;
    }

    /**
     * Whether little or no decay is usual.
     *
     * @return true when fine-tuning, training an adapter or demonstrating
     */
    public boolean mildDecayIsUsual() {
        return fineTuning || adapter || demonstration;
    }
}
