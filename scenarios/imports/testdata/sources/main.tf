provider "aws" {
  region = var.region
}

variable "region" {
  default = "us-west-2"
}

variable "groups" {
  type    = map(object({ max = number, type = string }))
  default = { web = { max = 12, type = "c7g.large" } }
}

variable "stage" {
  type = string
}

variable "subnets" {
  type = list(string)
}

locals {
  prefix = "${var.stage}-${local.team}"
  team   = lower("SHOP")
  hooks  = var.stage == "prod" ? [{ name = "join", timeout = 120 }, { name = "warm", timeout = 60 }] : []
}

resource "aws_lb_target_group" "this" {
  for_each             = var.groups
  name                 = "${local.prefix}-${each.key}"
  protocol             = "HTTP"
  deregistration_delay = 45
  health_check {
    interval = 10
    timeout  = 4
  }
}

module "asg" {
  source   = "./modules/asg"
  for_each = var.groups

  name    = "${local.prefix}-${each.key}"
  max     = each.value.max
  type    = each.value.type
  subnets = var.subnets
  target  = aws_lb_target_group.this[each.key].arn
  hooks   = local.hooks
  nights  = 2
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "${local.prefix}-busy"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 3
  threshold           = 70
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [module.asg["web"].out]
  dimensions          = { AutoScalingGroupName = module.asg["web"].name }
}

resource "aws_sns_topic" "pager" {}
