package dev.wane.formats.lint;

import dev.wane.formats.problem.NearestName;
import dev.wane.lint.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Every rule that a finding can name, with what it is about: those that look at a recipe, and those that a reader finds. */
public final class RuleBook {
    private static final Map<String, String> TITLES = titles();

    private RuleBook() {}

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        Rules.all().forEach(rule -> titles.put(rule.id(), rule.title()));
        titles.put("batch-contradiction", "a batch that is not the product of its parts");
        titles.put("batch-ramp", "learning rate and weight decay stay while the batch grows");
        titles.put("decay-applied-twice", "the library applies the weight decay twice");
        titles.put("decay-scaled-twice", "learning rate and weight decay are both scaled by the batch");
        titles.put("decayed-1d", "biases or norm gains are decayed");
        titles.put("decayed-frozen", "rows that have no gradient are decayed");
        titles.put("djl-cosine-final", "DJL's cosine ends above its start unless told");
        titles.put("djl-one-sided-clip", "DJL clips gradients from above alone");
        titles.put("djl-rescaled-gradient", "DJL's rescaling multiplies the gradient and not the weight decay");
        titles.put("djl-summed-gradients", "DJL sums the gradients of several devices");
        titles.put("double-decay", "a penalty in the loss and the optimizer's weight decay together");
        titles.put("duplicate-key", "a quantity is given twice");
        titles.put("ignored-file", "a file beside the configuration is not read");
        titles.put("ignored-key", "a key has no effect");
        titles.put("key-contradiction", "two files of one run must agree, and do not");
        titles.put("lora-plus", "an adapter's matrices have two learning rates");
        titles.put("lr-scaled-decay-not", "the learning rate follows the batch and the weight decay does not");
        titles.put("muon-grouping", "embeddings or heads may be among the matrices that Muon trains");
        titles.put("mup-decay", "under μP the weight decay of hidden matrices does not follow the width");
        titles.put("mup-flips-kind", "turning μP on changes what the weight decay means");
        titles.put("name-miss", "the trainer's rule by names decays vectors of this model that it means to leave out");
        titles.put("offload-flips-kind", "offloading the optimizer changes what the weight decay means");
        titles.put("past-optimum", "what the timescale costs by the runs that are there");
        titles.put("suppression-of-no-rule", "a comment ignores a rule that does not exist");
        titles.put("suppression-without-reason", "a comment ignores a rule without a reason");
        titles.put("unknown-optimizer", "what the optimizer does with its weight decay is not known");
        titles.put("world-size-unknown", "how many devices train is not known");
        return titles;
    }

    /** Ids in the order of the book. */
    public static Set<String> ids() {
        return TITLES.keySet();
    }

    /**
     * What a rule is about, in one line.
     *
     * @throws IllegalArgumentException if there is no such rule, with the nearest
     */
    public static String title(String id) {
        String title = TITLES.get(id);
        if (title == null) {
            throw new IllegalArgumentException(unknown(id));
        }
        return title;
    }

    /** What to say of an id that is none. */
    public static String unknown(String id) {
        return "unknown rule '" + id + "'; did you mean '" + NearestName.of(id, ids()) + "'? Valid: "
                + String.join(", ", ids());
    }
}
