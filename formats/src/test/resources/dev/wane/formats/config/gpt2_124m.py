# a run of constants, with arithmetic; train.py divides the accumulation by the number of devices
wandb_log = True
batch_size = 12
block_size = 1024
gradient_accumulation_steps = 5 * 8
max_iters = 600000
lr_decay_iters = 600000
eval_interval = 1000
weight_decay = 1e-1
