variable "name" {}
variable "max" {}
variable "type" {}
variable "subnets" {}
variable "target" {}
variable "hooks" { default = [] }
variable "nights" {}

resource "aws_launch_template" "this" {
  name_prefix   = var.name
  instance_type = var.type
  image_id      = data.aws_ami.linux.id
  monitoring {
    enabled = true
  }
}

resource "aws_autoscaling_group" "this" {
  name                    = var.name
  min_size                = max(1, floor(var.max / 4))
  max_size                = var.max
  default_instance_warmup = 60
  health_check_type       = "ELB"
  vpc_zone_identifier     = var.subnets
  target_group_arns       = [var.target]

  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }

  dynamic "initial_lifecycle_hook" {
    for_each = { for h in var.hooks : h.name => h }
    content {
      name                 = initial_lifecycle_hook.key
      heartbeat_timeout    = initial_lifecycle_hook.value.timeout
      lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
    }
  }
}

resource "aws_autoscaling_policy" "out" {
  name                   = "${var.name}-out"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"
  step_adjustment {
    metric_interval_lower_bound = 0
    scaling_adjustment          = 2
  }
}

resource "aws_autoscaling_schedule" "night" {
  count                  = var.nights
  scheduled_action_name  = "night-${count.index}"
  autoscaling_group_name = aws_autoscaling_group.this.name
  recurrence             = "${count.index} 22 * * *"
  min_size               = count.index
  max_size               = -1
  desired_capacity       = -1
}

output "name" {
  value = aws_autoscaling_group.this.name
}

output "out" {
  value = aws_autoscaling_policy.out.arn
}
