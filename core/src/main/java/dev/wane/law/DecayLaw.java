package dev.wane.law;

/**
 * A rule for carrying a weight decay from one setting to another: which quantity it keeps, and the λ that keeps it.
 *
 * <p>A law is one record behind this interface. It never sees a framework, only conventions: the λ it returns is in the
 * target's convention.
 */
public sealed interface DecayLaw permits ConstantTimescale, RetentionPerEpoch, Independent, Unchanged {
    /**
     * The name used in JSON and on the command line.
     *
     * @return lower case with hyphens
     */
    String id();

    /**
     * The formula as printed.
     *
     * @return one line
     */
    String formula();

    /**
     * Where the law was published.
     *
     * @return an arXiv number or "derived"
     */
    String source();

    /**
     * The networks and settings for which the law is stated.
     *
     * @return one sentence
     */
    String validity();

    /**
     * Whether the law says anything about a change.
     *
     * @param base where λ was tuned
     * @param target where it goes
     * @return applicable, or the reason why not
     */
    Applicability applicability(Setting base, Setting target);

    /**
     * The weight decay at the target.
     *
     * @param weightDecay λ₁ in the base's convention, ≥ 0
     * @param base where λ₁ was tuned
     * @param target where λ₂ goes
     * @return λ₂ in the target's convention; NaN where not {@link #applicability applicable}
     */
    double weightDecay(double weightDecay, Setting base, Setting target);

    /**
     * Whether a law applies.
     *
     * @param applicable true if it does
     * @param reason why, or why not
     */
    record Applicability(boolean applicable, String reason) {
        static Applicability yes(String reason) {
            return new Applicability(true, reason);
        }

        static Applicability no(String reason) {
            return new Applicability(false, reason);
        }
    }
}
