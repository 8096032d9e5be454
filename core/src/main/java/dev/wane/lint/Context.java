package dev.wane.lint;

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
     * Whether little or no decay is usual.
     *
     * @return true when fine-tuning, training an adapter or demonstrating
     */
    public boolean mildDecayIsUsual() {
        return fineTuning || adapter || demonstration;
    }
}
