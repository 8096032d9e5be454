package dev.wane.engine;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A network: parameters and a function of them. */
public interface Model extends AutoCloseable {
    /** In a fixed order. */
    List<Parameter> parameters();

    /**
     * Class scores.
     *
     * @param inputs float32 [n, features]
     * @return float32 [n, classes]
     */
    Tensor logits(Tensor inputs);

    /** Mean cross-entropy, in nats. */
    default Tensor loss(Examples batch) {
        return torch.cross_entropy_loss(logits(batch.inputs()), batch.labels());
    }

    /** Frees the parameters. */
    @Override
    default void close() {
        parameters().forEach(parameter -> parameter.tensor().releaseReference());
    }
}
